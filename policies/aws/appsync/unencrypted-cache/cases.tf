variable "on" { type = bool }

resource "aws_appsync_api_cache" "nothing" { # fail: answers lie in the cache unencrypted
  api_id               = "abcdef1234"
  api_caching_behavior = "FULL_REQUEST_CACHING"
  type                 = "SMALL"
  ttl                  = 60
}

resource "aws_appsync_api_cache" "bad" { # fail
  api_id                     = "abcdef1234"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = false
}

resource "aws_appsync_api_cache" "good" { # pass
  api_id                     = "abcdef1234"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = true
}

resource "aws_appsync_api_cache" "open" { # unknown
  api_id                     = "abcdef1234"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "SMALL"
  ttl                        = 60
  at_rest_encryption_enabled = var.on
}
