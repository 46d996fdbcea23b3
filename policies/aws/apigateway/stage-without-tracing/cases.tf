variable "on" { type = bool }

resource "aws_api_gateway_stage" "nothing" { # fail: where its requests spend their time is n
  rest_api_id   = "abcdef1234"
  deployment_id = "abc123"
  stage_name    = "live"
}

resource "aws_api_gateway_stage" "bad" { # fail
  rest_api_id          = "abcdef1234"
  deployment_id        = "abc123"
  stage_name           = "live"
  xray_tracing_enabled = false
}

resource "aws_api_gateway_stage" "good" { # pass
  rest_api_id          = "abcdef1234"
  deployment_id        = "abc123"
  stage_name           = "live"
  xray_tracing_enabled = true
}

resource "aws_api_gateway_stage" "open" { # unknown
  rest_api_id          = "abcdef1234"
  deployment_id        = "abc123"
  stage_name           = "live"
  xray_tracing_enabled = var.on
}
