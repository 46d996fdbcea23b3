terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.replica]
    }
  }
}
variable "name" {
  type = string
}
resource "aws_s3_bucket" "main" {
  bucket              = var.name
  object_lock_enabled = true
}
resource "aws_s3_bucket" "replica" {
  provider = aws.replica
  bucket   = "${var.name}-replica"
}
resource "aws_s3_bucket_versioning" "v" {
  for_each = { main = aws_s3_bucket.main.id }
  bucket   = each.value
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Disabled"
  }
}
output "name" { value = aws_s3_bucket.main.bucket }
output "id" { value = aws_s3_bucket.main.id }
