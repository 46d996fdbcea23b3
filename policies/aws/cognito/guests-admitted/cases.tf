variable "on" { type = bool }

resource "aws_cognito_identity_pool" "nothing" { # pass
  identity_pool_name = "shop"
}

resource "aws_cognito_identity_pool" "bad" { # fail
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = true
}

resource "aws_cognito_identity_pool" "good" { # pass
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = false
}

resource "aws_cognito_identity_pool" "open" { # unknown
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = var.on
}
