variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: who reaches the domain may read and chan
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  advanced_security_options {
    enabled = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  advanced_security_options {
    enabled = true
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  advanced_security_options {
    enabled = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  advanced_security_options {
    enabled = true
  }
}
