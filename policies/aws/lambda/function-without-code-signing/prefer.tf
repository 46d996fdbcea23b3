resource "aws_lambda_function" "orders" {
  function_name           = "orders"
  role                    = "arn:aws:iam::111122223333:role/orders"
  handler                 = "index.handler"
  runtime                 = "nodejs22.x"
  filename                = "orders.zip"
  code_signing_config_arn = "arn:aws:lambda:us-east-1:111122223333:code-signing-config:csc-0123456789abcdef0"
}
