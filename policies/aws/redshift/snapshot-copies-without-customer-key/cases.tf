variable "key" { type = string }

resource "aws_redshift_snapshot_copy_grant" "nothing" { # fail: every snapshot that is copied is encrypt
  snapshot_copy_grant_name = "reports"
}

resource "aws_redshift_snapshot_copy_grant" "good1" { # pass
  snapshot_copy_grant_name = "reports"
  kms_key_id               = aws_kms_key.own.arn
}

resource "aws_redshift_snapshot_copy_grant" "good2" { # pass
  snapshot_copy_grant_name = "reports"
  kms_key_id               = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_redshift_snapshot_copy_grant" "open" { # unknown
  snapshot_copy_grant_name = "reports"
  kms_key_id               = var.key
}

resource "aws_kms_key" "own" {
}
