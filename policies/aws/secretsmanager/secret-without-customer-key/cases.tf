variable "key" { type = string }

resource "aws_secretsmanager_secret" "nothing" { # fail: the secret is encrypted with the key tha
  name = "orders/database"
}

resource "aws_secretsmanager_secret" "good1" { # pass
  name       = "orders/database"
  kms_key_id = aws_kms_key.own.arn
}

resource "aws_secretsmanager_secret" "good2" { # pass
  name       = "orders/database"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_secretsmanager_secret" "open" { # unknown
  name       = "orders/database"
  kms_key_id = var.key
}

resource "aws_kms_key" "own" {
}
