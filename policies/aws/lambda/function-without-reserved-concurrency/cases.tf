variable "n" { type = number }

resource "aws_lambda_function" "nothing" { # fail: it can take every execution that the acc
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "bad" { # fail
  function_name                  = "orders"
  role                           = "arn:aws:iam::111122223333:role/orders"
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  filename                       = "orders.zip"
  reserved_concurrent_executions = -1
}

resource "aws_lambda_function" "good1" { # pass
  function_name                  = "orders"
  role                           = "arn:aws:iam::111122223333:role/orders"
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  filename                       = "orders.zip"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_function" "good2" { # pass
  function_name                  = "orders"
  role                           = "arn:aws:iam::111122223333:role/orders"
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  filename                       = "orders.zip"
  reserved_concurrent_executions = 0
}

resource "aws_lambda_function" "open" { # unknown
  function_name                  = "orders"
  role                           = "arn:aws:iam::111122223333:role/orders"
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  filename                       = "orders.zip"
  reserved_concurrent_executions = var.n
}
