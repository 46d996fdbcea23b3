variable "types" { type = list(string) }

resource "aws_api_gateway_stage" "nothing" { # fail: no firewall looks
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_api_gateway_stage" "guarded" { # pass
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "guarded"
}

resource "aws_wafv2_web_acl_association" "guarded" {
  resource_arn = aws_api_gateway_stage.guarded.arn
  web_acl_arn  = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}

resource "aws_api_gateway_rest_api" "inside" {
  name = "inside"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_stage" "inside" { # pass
  rest_api_id   = aws_api_gateway_rest_api.inside.id
  deployment_id = "abc123"
  stage_name    = "inside"
}

resource "aws_api_gateway_rest_api" "somewhere" {
  name = "somewhere"

  endpoint_configuration {
    types = var.types
  }
}

resource "aws_api_gateway_stage" "somewhere" { # unknown
  rest_api_id   = aws_api_gateway_rest_api.somewhere.id
  deployment_id = "abc123"
  stage_name    = "somewhere"
}
