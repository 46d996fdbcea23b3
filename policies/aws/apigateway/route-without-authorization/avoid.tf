resource "aws_apigatewayv2_route" "orders" {
  api_id    = "abcdef1234"
  route_key = "GET /orders"
}
