resource "aws_s3_access_point" "reports" {
  bucket = "mycoco-invoices"
  name   = "reports"

  public_access_block_configuration {
    block_public_policy = false
  }
}
