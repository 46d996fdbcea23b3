variable "x" { type = string }

resource "aws_lambda_function" "nothing" { # fail: who built its code is not checked
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "good" { # pass
  function_name           = "orders"
  role                    = "arn:aws:iam::111122223333:role/orders"
  handler                 = "index.handler"
  runtime                 = "nodejs22.x"
  filename                = "orders.zip"
  code_signing_config_arn = "arn:aws:lambda:us-east-1:111122223333:code-signing-config:csc-0f6c334abcdea4d8b"
}

resource "aws_lambda_function" "open" { # unknown
  function_name           = "orders"
  role                    = "arn:aws:iam::111122223333:role/orders"
  handler                 = "index.handler"
  runtime                 = "nodejs22.x"
  filename                = "orders.zip"
  code_signing_config_arn = var.x
}

resource "aws_lambda_function" "image" { # pass
  function_name = "image"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
}

resource "aws_lambda_function" "some_package" { # unknown
  function_name = "some"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = var.x
}
