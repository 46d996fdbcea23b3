variable "x" { type = string }

resource "aws_api_gateway_method" "bad" { # fail
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "good1" { # pass
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_method" "good2" { # pass
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "good3" { # pass
  rest_api_id      = "abcdef1234"
  resource_id      = "xyz987"
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_method" "open1" { # unknown
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = "GET"
  authorization = var.x
}

resource "aws_api_gateway_method" "open2" { # unknown
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  http_method   = var.x
  authorization = "NONE"
}
