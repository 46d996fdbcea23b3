resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    caching_enabled = true
  }
}
