resource "aws_kendra_index" "main" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  server_side_encryption_configuration {
    kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
