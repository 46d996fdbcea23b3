variable "key" { type = string }

resource "aws_backup_vault" "nothing" { # fail: the vault is encrypted with the key that
  name = "daily"
}

resource "aws_backup_vault" "good1" { # pass
  name        = "daily"
  kms_key_arn = aws_kms_key.own.arn
}

resource "aws_backup_vault" "good2" { # pass
  name        = "daily"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_backup_vault" "open" { # unknown
  name        = "daily"
  kms_key_arn = var.key
}

resource "aws_kms_key" "own" {
}
