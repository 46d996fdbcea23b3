variable "many" { type = list(string) }
variable "x" { type = string }

resource "aws_lambda_function" "nothing" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "bad1" { # fail
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD = "hunter2"
    }
  }
}

resource "aws_lambda_function" "bad2" { # fail
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE"
    }
  }
}

resource "aws_lambda_function" "good1" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      TABLE = "orders"
    }
  }
}

resource "aws_lambda_function" "good2" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf"
    }
  }
}

resource "aws_lambda_function" "open1" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      API_TOKEN = var.x
    }
  }
}

resource "aws_lambda_function" "open2" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  dynamic "environment" {
    for_each = var.many
    content {
      variables = { TABLE = environment.value }
    }
  }
}
