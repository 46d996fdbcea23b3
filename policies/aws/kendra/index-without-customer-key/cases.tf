variable "key" { type = string }

resource "aws_kendra_index" "nothing" { # fail: the index is encrypted with a key that A
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"
}

resource "aws_kendra_index" "good1" { # pass
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  server_side_encryption_configuration {
    kms_key_id = aws_kms_key.own.arn
  }
}

resource "aws_kendra_index" "good2" { # pass
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  server_side_encryption_configuration {
    kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_kendra_index" "open" { # unknown
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"

  server_side_encryption_configuration {
    kms_key_id = var.key
  }
}

resource "aws_kms_key" "own" {
}
