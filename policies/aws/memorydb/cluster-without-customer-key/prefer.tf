resource "aws_memorydb_cluster" "main" {
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
