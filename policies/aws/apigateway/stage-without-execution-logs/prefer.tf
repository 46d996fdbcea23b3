resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_api_gateway_method_settings" "live" {
  stage_name = aws_api_gateway_stage.live.stage_name

  method_path = "*/*"
  rest_api_id = aws_api_gateway_stage.live.rest_api_id

  settings {
    logging_level   = "ERROR"
    metrics_enabled = true
  }
}
