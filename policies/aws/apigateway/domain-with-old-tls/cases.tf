variable "x" { type = string }

resource "aws_api_gateway_domain_name" "nothing" { # fail: connections with TLS 1.0 and 1.1 are tak
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
}

resource "aws_api_gateway_domain_name" "bad" { # fail
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy = "TLS_1_0"
}

resource "aws_api_gateway_domain_name" "good" { # pass
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy = "TLS_1_2"
}

resource "aws_api_gateway_domain_name" "open" { # unknown
  domain_name     = "api.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy = var.x
}
