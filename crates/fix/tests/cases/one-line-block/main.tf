variable "a" {}
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_ebs_volume" "e" { availability_zone = "us-east-1a" }
