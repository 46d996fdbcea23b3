variable "x" { type = string }

resource "aws_codeartifact_domain" "nothing" { # fail: the domain is encrypted with the key tha
  domain = "orders"
}

resource "aws_codeartifact_domain" "good" { # pass
  domain         = "orders"
  encryption_key = aws_kms_key.main.arn
}

resource "aws_codeartifact_domain" "open" { # unknown
  domain         = "orders"
  encryption_key = var.x
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
