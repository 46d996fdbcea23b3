variable "key" { type = string }

resource "aws_neptune_cluster" "nothing" { # fail: the cluster is encrypted with the key th
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "good1" { # pass
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = true
  kms_key_arn        = aws_kms_key.own.arn
}

resource "aws_neptune_cluster" "good2" { # pass
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = true
  kms_key_arn        = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = true
  kms_key_arn        = var.key
}

resource "aws_kms_key" "own" {
}
