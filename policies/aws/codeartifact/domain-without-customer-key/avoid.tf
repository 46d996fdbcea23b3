resource "aws_codeartifact_domain" "orders" {
  domain = "orders"
}
