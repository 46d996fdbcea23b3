variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: indexes and snapshots are stored in plai
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  encrypt_at_rest {
    enabled = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  encrypt_at_rest {
    enabled = true
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  encrypt_at_rest {
    enabled = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  encrypt_at_rest {
    enabled = true
  }
}
