resource "aws_db_instance" "main" {
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
