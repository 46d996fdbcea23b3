resource "aws_s3_bucket_ownership_controls" "invoices" {
  bucket = "mycoco-invoices"

  rule {
    object_ownership = "ObjectWriter"
  }
}
