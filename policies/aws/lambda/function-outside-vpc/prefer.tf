resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0aaa1111", "subnet-0bbb2222"]
    security_group_ids = ["sg-0ccc3333"]
  }
}
