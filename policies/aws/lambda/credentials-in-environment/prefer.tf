resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf"
    }
  }
}
