variable "text" { type = string }

resource "aws_elasticache_replication_group" "nothing" { # fail: whoever reaches the port may do everythi
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
  transit_encryption_enabled = true
  auth_token                 = "a-token-of-sixteen-or-more"
}

resource "aws_elasticache_replication_group" "good2" { # pass
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  transit_encryption_enabled = true
  user_group_ids             = ["applications"]
}

resource "aws_elasticache_replication_group" "open" { # unknown
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "redis"
  node_type                  = "cache.r6g.large"
  transit_encryption_enabled = true
  auth_token                 = var.text
}
