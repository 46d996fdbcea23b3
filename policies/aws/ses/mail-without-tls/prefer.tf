resource "aws_ses_configuration_set" "orders" {
  name = "orders"

  delivery_options {
    tls_policy = "Require"
  }
}
