variable "key" { type = string }
variable "encrypt" { type = bool }

resource "aws_kms_key" "c" {
  enable_key_rotation = true
}

resource "aws_rds_cluster" "no_key" { # fail: `kms_key_id` is not set: the cluster is encrypted with the key that AWS manages
  engine            = "aurora-mysql"
  storage_encrypted = true
}

resource "aws_rds_cluster" "serverless" { # fail
  engine      = "aurora-mysql"
  engine_mode = "serverless"
}

resource "aws_rds_cluster" "key" { # pass
  engine            = "aurora-mysql"
  storage_encrypted = true
  kms_key_id        = aws_kms_key.c.arn
}

# Another rule's finding.
resource "aws_rds_cluster" "plain" { # pass
  engine = "aurora-mysql"
}

resource "aws_rds_cluster" "open_key" { # unknown
  engine            = "aurora-mysql"
  storage_encrypted = true
  kms_key_id        = var.key
}

resource "aws_rds_cluster" "open" { # unknown
  engine            = "aurora-mysql"
  storage_encrypted = var.encrypt
}

resource "aws_rds_cluster" "restored" { # unknown: a cluster that is made from another one keeps its key
  engine              = "aurora-mysql"
  storage_encrypted   = true
  snapshot_identifier = "rds:one"
}
