resource "aws_s3_bucket" "a" {
  bucket = "a"

  cors_rule {
    allowed_methods = ["PUT"]
    allowed_origins = ["*"]
  }
}
