variable "on" { type = bool }

resource "aws_api_gateway_stage" "nothing" { # fail: what goes wrong
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_api_gateway_stage" "logged" { # pass
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "logged"
}
resource "aws_api_gateway_method_settings" "logged" {
  rest_api_id = aws_api_gateway_stage.logged.rest_api_id
  stage_name  = aws_api_gateway_stage.logged.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true
    logging_level   = "INFO"
  }
}
resource "aws_api_gateway_stage" "quiet" {
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "quiet"
}
resource "aws_api_gateway_method_settings" "quiet" {
  rest_api_id = aws_api_gateway_stage.quiet.rest_api_id
  stage_name  = aws_api_gateway_stage.quiet.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true
    logging_level   = "OFF" # fail
  }
}
resource "aws_api_gateway_stage" "some" {
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "some"
}
resource "aws_api_gateway_method_settings" "some" {
  rest_api_id = aws_api_gateway_stage.some.rest_api_id
  stage_name  = aws_api_gateway_stage.some.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = var.on # unknown
    logging_level   = "ERROR"
  }
}
