variable "x" { type = string }

resource "aws_lambda_function" "nothing" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "bad" { # fail
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  filename      = "orders.zip"
  runtime       = "nodejs16.x"
}

resource "aws_lambda_function" "good" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  filename      = "orders.zip"
  runtime       = "python3.13"
}

resource "aws_lambda_function" "open" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  filename      = "orders.zip"
  runtime       = var.x
}
