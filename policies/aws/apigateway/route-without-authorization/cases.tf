variable "x" { type = string }

resource "aws_apigatewayv2_route" "nothing" { # fail: everybody who knows the address may call
  api_id    = "abcdef1234"
  route_key = "GET /orders"
}

resource "aws_apigatewayv2_route" "bad" { # fail
  api_id             = "abcdef1234"
  route_key          = "GET /orders"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_route" "good" { # pass
  api_id             = "abcdef1234"
  route_key          = "GET /orders"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "open" { # unknown
  api_id             = "abcdef1234"
  route_key          = "GET /orders"
  authorization_type = var.x
}
