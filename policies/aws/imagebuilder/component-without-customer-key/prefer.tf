resource "aws_imagebuilder_component" "orders" {
  name       = "tools"
  platform   = "Linux"
  version    = "1.0.0"
  data       = "name: tools"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
