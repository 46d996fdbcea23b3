variable "x" { type = string }
variable "list" { type = list(map(string)) }

resource "aws_lambda_function" "nothing" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "bad" { # fail
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

resource "aws_lambda_function" "good" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
  kms_key_arn   = aws_kms_key.orders.arn

  environment {
    variables = {
      TABLE = "orders"
    }
  }
}

resource "aws_lambda_function" "open1" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
  kms_key_arn   = var.x

  environment {
    variables = {
      TABLE = "orders"
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
    for_each = var.list
    content {
      variables = environment.value
    }
  }
}

resource "aws_kms_key" "orders" {
  enable_key_rotation = true
}
