variable "x" { type = string }

resource "aws_lambda_function_url" "bad" { # fail
  function_name      = "orders"
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "good" { # pass
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "open" { # unknown
  function_name      = "orders"
  authorization_type = var.x
}
