variable "origins" { type = list(string) }

resource "aws_lambda_function_url" "nothing" { # pass
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function_url" "bad" { # fail
  function_name      = "orders"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["*"]
  }
}

resource "aws_lambda_function_url" "good" { # pass
  function_name      = "orders"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["https://www.example.com"]
  }
}

resource "aws_lambda_function_url" "open" { # unknown
  function_name      = "orders"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = var.origins
  }
}
