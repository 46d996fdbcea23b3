variable "number" { type = number }

resource "aws_elasticache_replication_group" "nothing" { # fail: what is lost in this group can't be brou
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r6g.large"
}

resource "aws_elasticache_replication_group" "bad" { # fail
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  snapshot_retention_limit = 0
}

resource "aws_elasticache_replication_group" "good" { # pass
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  snapshot_retention_limit = 3
}

resource "aws_elasticache_replication_group" "open" { # unknown
  replication_group_id     = "sessions"
  description              = "Sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  snapshot_retention_limit = var.number
}
