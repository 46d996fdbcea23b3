variable "key" { type = string }

resource "aws_docdb_cluster" "nothing" { # fail: the cluster is encrypted with the key th
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_docdb_cluster" "good1" { # pass
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.own.arn
}

resource "aws_docdb_cluster" "good2" { # pass
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_docdb_cluster" "open" { # unknown
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = var.key
}

resource "aws_kms_key" "own" {
}
