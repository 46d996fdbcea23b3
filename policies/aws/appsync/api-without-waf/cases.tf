variable "x" { type = string }

resource "aws_appsync_graphql_api" "nothing" { # fail: no firewall looks
  name                = "orders"
  authentication_type = "AWS_IAM"
}

resource "aws_appsync_graphql_api" "guarded" { # pass
  name                = "guarded"
  authentication_type = "AWS_IAM"
}

resource "aws_wafv2_web_acl_association" "guarded" {
  resource_arn = aws_appsync_graphql_api.guarded.arn
  web_acl_arn  = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}

resource "aws_appsync_graphql_api" "some" { # unknown
  name                = "some"
  authentication_type = "AWS_IAM"
}

resource "aws_wafv2_web_acl_association" "some" {
  count        = var.x == "" ? 0 : 1
  resource_arn = aws_appsync_graphql_api.some.arn
  web_acl_arn  = var.x
}
