variable "x" { type = string }

resource "aws_api_gateway_stage" "nothing" { # fail: who called it is recorded nowhere
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_api_gateway_stage" "good" { # pass
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })
  }
}

resource "aws_api_gateway_stage" "open" { # unknown
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"

  access_log_settings {
    destination_arn = var.x
    format          = "$context.requestId"
  }
}

resource "aws_apigatewayv2_stage" "nothing" { # fail
  api_id = "abcdef1234"
  name   = "live"
}

resource "aws_apigatewayv2_stage" "good" { # pass
  api_id = "abcdef1234"
  name   = "live"

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format          = jsonencode({ id = "$context.requestId", ip = "$context.identity.sourceIp", status = "$context.status" })
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/api/live"
}
