resource "aws_s3_bucket_lifecycle_configuration" "invoices" {
  bucket = "mycoco-invoices"

  rule {
    id     = "old"
    status = "Enabled"

    filter {}

    expiration {
      days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
