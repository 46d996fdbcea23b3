resource "aws_workspaces_workspace" "jo" {
  directory_id                   = "d-0aaa11112"
  bundle_id                      = "wsb-0aaa11112"
  user_name                      = "jo"
  user_volume_encryption_enabled = true
  volume_encryption_key          = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
