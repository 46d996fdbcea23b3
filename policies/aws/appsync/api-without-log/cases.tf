variable "x" { type = string }

resource "aws_appsync_graphql_api" "nothing" { # fail: who asked for what is recorded nowhere
  name                = "orders"
  authentication_type = "AWS_IAM"
}

resource "aws_appsync_graphql_api" "good" { # pass
  name                = "orders"
  authentication_type = "AWS_IAM"

  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/appsync-logs"
    field_log_level          = "ERROR"
  }
}

resource "aws_appsync_graphql_api" "open" { # unknown
  name                = "orders"
  authentication_type = "AWS_IAM"

  log_config {
    cloudwatch_logs_role_arn = var.x
    field_log_level          = "ERROR"
  }
}
