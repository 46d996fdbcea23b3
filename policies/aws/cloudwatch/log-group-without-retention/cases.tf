variable "number" { type = number }

resource "aws_cloudwatch_log_group" "nothing" { # fail: logs are never deleted
  name = "orders"
}

resource "aws_cloudwatch_log_group" "bad" { # fail
  name              = "orders"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "good" { # pass
  name              = "orders"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "open" { # unknown
  name              = "orders"
  retention_in_days = var.number
}
