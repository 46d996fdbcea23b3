resource "aws_iam_policy" "developer" {
  name = "developer"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"]
      Resource = "arn:aws:lambda:us-east-1:111122223333:function:orders-*"
    }]
  })
}
