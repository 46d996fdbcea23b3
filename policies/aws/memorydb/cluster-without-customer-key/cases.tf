variable "key" { type = string }

resource "aws_memorydb_cluster" "nothing" { # fail: the cluster is encrypted with a key that
  acl_name  = "open-access"
  node_type = "db.r6g.large"
}

resource "aws_memorydb_cluster" "good1" { # pass
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  kms_key_arn = aws_kms_key.own.arn
}

resource "aws_memorydb_cluster" "good2" { # pass
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_memorydb_cluster" "open" { # unknown
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  kms_key_arn = var.key
}

resource "aws_kms_key" "own" {
}
