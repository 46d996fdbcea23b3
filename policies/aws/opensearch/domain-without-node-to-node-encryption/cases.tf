variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: documents go between the nodes in plain 
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  node_to_node_encryption {
    enabled = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  node_to_node_encryption {
    enabled = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  node_to_node_encryption {
    enabled = true
  }
}
