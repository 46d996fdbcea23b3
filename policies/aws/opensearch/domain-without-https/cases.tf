variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: clients may send documents and passwords
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https = true
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  domain_endpoint_options {
    enforce_https = true
  }
}
