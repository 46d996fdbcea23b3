variable "days" { type = number }

resource "aws_cloudwatch_log_group" "nothing" { # pass
  name = "/orders/api"
}

resource "aws_cloudwatch_log_group" "bad" { # fail
  name              = "/orders/api"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "good1" { # pass
  name              = "/orders/api"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "good2" { # pass
  name              = "/orders/api"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "good3" { # pass
  name = "/orders/api"
}

resource "aws_cloudwatch_log_group" "open" { # unknown
  name              = "/orders/api"
  retention_in_days = var.days
}
