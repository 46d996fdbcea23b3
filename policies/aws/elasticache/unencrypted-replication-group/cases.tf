variable "on" { type = bool }

resource "aws_elasticache_replication_group" "nothing" { # fail: backups and swap of the cache are stored
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r6g.large"
}

resource "aws_elasticache_replication_group" "bad" { # fail
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "good" { # pass
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "open" { # unknown
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  at_rest_encryption_enabled = var.on
}
