resource "aws_db_instance" "main" {
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/rds-enhanced-monitoring"
}
