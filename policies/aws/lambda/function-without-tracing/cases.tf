variable "many" { type = list(string) }
variable "x" { type = string }

resource "aws_lambda_function" "nothing" { # fail: where its requests spend their time is n
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

  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_lambda_function" "good" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "open1" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  tracing_config {
    mode = var.x
  }
}

resource "aws_lambda_function" "open2" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  dynamic "tracing_config" {
    for_each = var.many
    content {
      mode = tracing_config.value
    }
  }
}
