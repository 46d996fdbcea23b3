resource "aws_s3_bucket" "invoices" {
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_logging" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  target_bucket = "org-s3-access-logs"
  target_prefix = "invoices/"
}
