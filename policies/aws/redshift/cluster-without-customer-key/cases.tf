variable "key" { type = string }

resource "aws_redshift_cluster" "nothing" { # fail: the cluster is encrypted with a key that
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
}

resource "aws_redshift_cluster" "good1" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  encrypted              = true
  kms_key_id             = aws_kms_key.own.arn
}

resource "aws_redshift_cluster" "good2" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  encrypted              = true
  kms_key_id             = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  encrypted              = true
  kms_key_id             = var.key
}

resource "aws_kms_key" "own" {
}
