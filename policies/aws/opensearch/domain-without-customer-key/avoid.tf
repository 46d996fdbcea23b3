resource "aws_opensearch_domain" "main" {
  domain_name = "logs"

  encrypt_at_rest {
    enabled = true
  }
}
