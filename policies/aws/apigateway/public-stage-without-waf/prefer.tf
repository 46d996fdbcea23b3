resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_wafv2_web_acl_association" "live" {
  resource_arn = aws_api_gateway_stage.live.arn

  web_acl_arn = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}
