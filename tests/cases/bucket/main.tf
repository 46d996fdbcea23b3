variable "encrypted" {
  type    = bool
  default = false
}

variable "password" {
  type      = string
  sensitive = true
  default   = "correct-horse"
}

resource "aws_db_instance" "main" {
  identifier          = "main"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "app"
  password            = var.password # rotated by hand
  storage_encrypted   = var.encrypted
  skip_final_snapshot = true
}

# trueline:ignore aws/sqs/* until=2099-01-01 reason="a queue of nothing"
resource "aws_sqs_queue" "jobs" {
  name                    = "jobs"
  sqs_managed_sse_enabled = false
}
