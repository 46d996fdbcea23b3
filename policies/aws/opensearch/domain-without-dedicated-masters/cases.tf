variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: heavy load on data nodes can bring the w
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  cluster_config {
    dedicated_master_enabled = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  cluster_config {
    dedicated_master_enabled = true
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  cluster_config {
    dedicated_master_enabled = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  cluster_config {
    dedicated_master_enabled = true
  }
}
