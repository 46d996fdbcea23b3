variable "text" { type = string }

resource "aws_opensearch_domain" "nothing" { # fail: clients may still use TLS 1.0
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = var.text
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
