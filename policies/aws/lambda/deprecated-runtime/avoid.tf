resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  filename      = "orders.zip"
  runtime       = "nodejs16.x"
}
