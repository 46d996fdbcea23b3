variable "encrypted" {
  type = bool
}

resource "aws_db_instance" "main" {
  identifier          = "main"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "app"
  password            = "from-the-vault"
  storage_encrypted   = var.encrypted
  skip_final_snapshot = true
}
