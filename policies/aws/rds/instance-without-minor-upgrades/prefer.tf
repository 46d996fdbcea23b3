resource "aws_db_instance" "main" {
  allocated_storage          = 20
  engine                     = "mysql"
  instance_class             = "db.m6g.large"
  auto_minor_version_upgrade = true
}
