variable "subnets" { type = list(string) }

resource "aws_lambda_function" "nothing" { # fail: its traffic passes no network of the org
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "good" { # pass
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0aaa1111"]
    security_group_ids = ["sg-0ccc3333"]
  }
}

resource "aws_lambda_function" "open" { # unknown
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = var.subnets
    security_group_ids = ["sg-0ccc3333"]
  }
}
