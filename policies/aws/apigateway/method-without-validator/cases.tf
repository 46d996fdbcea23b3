variable "x" { type = string }

resource "aws_api_gateway_method" "bad" { # fail
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  authorization = "AWS_IAM"
  http_method   = "POST"
}

resource "aws_api_gateway_method" "good1" { # pass
  rest_api_id          = "abcdef1234"
  resource_id          = "xyz987"
  authorization        = "AWS_IAM"
  http_method          = "POST"
  request_validator_id = "abc123"
}

resource "aws_api_gateway_method" "good2" { # pass
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  authorization = "AWS_IAM"
  http_method   = "OPTIONS"
}

resource "aws_api_gateway_method" "open1" { # unknown
  rest_api_id          = "abcdef1234"
  resource_id          = "xyz987"
  authorization        = "AWS_IAM"
  http_method          = "POST"
  request_validator_id = var.x
}

resource "aws_api_gateway_method" "open2" { # unknown
  rest_api_id   = "abcdef1234"
  resource_id   = "xyz987"
  authorization = "AWS_IAM"
  http_method   = var.x
}
