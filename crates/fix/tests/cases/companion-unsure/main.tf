variable "bucket" {
  type = string
}

resource "aws_s3_bucket" "a" {
  bucket = "a"
}

resource "aws_s3_bucket_versioning" "x" {
  bucket = var.bucket

  versioning_configuration {
    status = "Enabled"
  }
}
