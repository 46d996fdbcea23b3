resource "aws_emr_security_configuration" "orders" {
  name          = "orders"
  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = true, EnableInTransitEncryption = true } })
}
