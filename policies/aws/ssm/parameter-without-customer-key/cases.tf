variable "key" { type = string }

resource "aws_ssm_parameter" "nothing" { # fail: the parameter is encrypted with the key 
  name  = "/orders/host"
  type  = "SecureString"
  value = "a"
}

resource "aws_ssm_parameter" "good1" { # pass
  name   = "/orders/host"
  type   = "SecureString"
  value  = "a"
  key_id = aws_kms_key.own.arn
}

resource "aws_ssm_parameter" "good2" { # pass
  name   = "/orders/host"
  type   = "SecureString"
  value  = "a"
  key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_ssm_parameter" "open" { # unknown
  name   = "/orders/host"
  type   = "SecureString"
  value  = "a"
  key_id = var.key
}

resource "aws_kms_key" "own" {
}
