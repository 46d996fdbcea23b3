variable "key" { type = string }

resource "aws_timestreamwrite_database" "nothing" { # fail: the database is encrypted with the key t
  database_name = "metrics"
}

resource "aws_timestreamwrite_database" "good1" { # pass
  database_name = "metrics"
  kms_key_id    = aws_kms_key.own.arn
}

resource "aws_timestreamwrite_database" "good2" { # pass
  database_name = "metrics"
  kms_key_id    = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_timestreamwrite_database" "open" { # unknown
  database_name = "metrics"
  kms_key_id    = var.key
}

resource "aws_kms_key" "own" {
}
