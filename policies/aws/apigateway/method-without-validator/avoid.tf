resource "aws_api_gateway_method" "orders" {
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  authorization = "AWS_IAM"
  http_method   = "POST"
}

resource "aws_api_gateway_request_validator" "all" {
  name                        = "all"
  rest_api_id                 = "abcdef1234"
  validate_request_body       = true
  validate_request_parameters = true
}
