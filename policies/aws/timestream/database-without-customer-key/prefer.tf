resource "aws_timestreamwrite_database" "main" {
  database_name = "metrics"
  kms_key_id    = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
