variable "groups" { type = list(string) }

resource "aws_opensearch_domain" "nothing" { # fail: no rules written for this domain say who
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  vpc_options {
    subnet_ids = ["subnet-0aaa1111"]
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  vpc_options {
    subnet_ids         = ["subnet-0aaa1111"]
    security_group_ids = ["sg-0ccc3333"]
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  vpc_options {
    subnet_ids         = ["subnet-0aaa1111"]
    security_group_ids = var.groups
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  vpc_options {
    subnet_ids         = ["subnet-0aaa1111"]
    security_group_ids = ["sg-0ccc3333"]
  }
}
