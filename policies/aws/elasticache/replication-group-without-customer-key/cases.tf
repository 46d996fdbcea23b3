variable "key" { type = string }

resource "aws_elasticache_replication_group" "nothing" { # fail: the replication group is encrypted with 
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r6g.large"
}

resource "aws_elasticache_replication_group" "good1" { # pass
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.own.arn
}

resource "aws_elasticache_replication_group" "good2" { # pass
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_elasticache_replication_group" "open" { # unknown
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.key
}

resource "aws_kms_key" "own" {
}
