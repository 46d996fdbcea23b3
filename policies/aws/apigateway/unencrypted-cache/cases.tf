variable "on" { type = bool }

resource "aws_api_gateway_method_settings" "bad" { # fail
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    caching_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "good1" { # pass
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    caching_enabled      = true
    cache_data_encrypted = true
  }
}

resource "aws_api_gateway_method_settings" "good2" { # pass
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    metrics_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "open1" { # unknown
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    caching_enabled = var.on
  }
}

resource "aws_api_gateway_method_settings" "open2" { # unknown
  rest_api_id = "abcdef1234"
  stage_name  = "live"
  method_path = "*/*"

  settings {
    caching_enabled      = true
    cache_data_encrypted = var.on
  }
}
