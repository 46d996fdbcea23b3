resource "aws_s3_bucket" "a" {
  bucket = "a"

  versioning {
    enabled = false
  }
}
