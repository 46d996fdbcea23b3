variable "subnets" { type = list(string) }

resource "aws_opensearch_domain" "nothing" { # fail: the endpoint is on the internet
  domain_name = "logs"
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
    subnet_ids         = var.subnets
    security_group_ids = ["sg-0ccc3333"]
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
