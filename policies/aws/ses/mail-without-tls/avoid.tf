resource "aws_ses_configuration_set" "orders" {
  name = "orders"
}
