resource "aws_s3_bucket" "invoices" {
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_notification" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  eventbridge = true
}
