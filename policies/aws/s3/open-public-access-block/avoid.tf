resource "aws_s3_bucket_public_access_block" "invoices" {
  bucket             = "mycoco-invoices"
  block_public_acls  = true
  ignore_public_acls = true
}
