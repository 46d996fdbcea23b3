resource "aws_s3_bucket_acl" "invoices" {
  bucket = "mycoco-invoices"
  acl    = "private"
}
