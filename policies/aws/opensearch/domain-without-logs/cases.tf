variable "on" { type = bool }

resource "aws_opensearch_domain" "nothing" { # fail: errors and slow queries
  domain_name = "logs"
}

resource "aws_opensearch_domain" "bad" { # fail
  domain_name = "logs"

  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:search"
    enabled                  = false
  }
}

resource "aws_opensearch_domain" "good" { # pass
  domain_name = "logs"

  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:search"
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:search"
    enabled                  = var.on
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:search"
  }
}
