variable "key" { type = string }

resource "aws_memorydb_snapshot" "nothing" { # fail: the snapshot is encrypted with a key tha
  cluster_name = "sessions"
}

resource "aws_memorydb_snapshot" "good1" { # pass
  cluster_name = "sessions"
  kms_key_arn  = aws_kms_key.own.arn
}

resource "aws_memorydb_snapshot" "good2" { # pass
  cluster_name = "sessions"
  kms_key_arn  = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_memorydb_snapshot" "open" { # unknown
  cluster_name = "sessions"
  kms_key_arn  = var.key
}

resource "aws_kms_key" "own" {
}
