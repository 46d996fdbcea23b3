resource "aws_appsync_graphql_api" "orders" {
  name                = "orders"
  authentication_type = "AWS_IAM"
}

resource "aws_wafv2_web_acl_association" "orders" {
  resource_arn = aws_appsync_graphql_api.orders.arn

  web_acl_arn = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}
