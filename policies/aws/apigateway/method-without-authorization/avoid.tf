resource "aws_api_gateway_method" "orders" {
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = "GET"
  authorization = "NONE"
}
