resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"

  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
    enforce_https       = true
  }
}
