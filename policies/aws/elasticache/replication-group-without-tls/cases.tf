variable "on" { type = bool }

resource "aws_elasticache_replication_group" "nothing" { # fail: keys, values and passwords go over the n
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
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "good" { # pass
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "open" { # unknown
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  transit_encryption_enabled = var.on
}
