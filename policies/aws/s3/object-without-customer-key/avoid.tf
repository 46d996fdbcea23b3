resource "aws_s3_object" "rates" {
  bucket = "mycoco-invoices"
  key    = "rates.json"
  source = "rates.json"
}
