variable "number" { type = number }

resource "aws_elasticache_cluster" "nothing" { # fail: what is lost in this cache can't be brou
  cluster_id      = "sessions"
  engine          = "redis"
  node_type       = "cache.r6g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "bad" { # fail
  cluster_id               = "sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 0
}

resource "aws_elasticache_cluster" "good" { # pass
  cluster_id               = "sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 3
}

resource "aws_elasticache_cluster" "open" { # unknown
  cluster_id               = "sessions"
  engine                   = "redis"
  node_type                = "cache.r6g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = var.number
}

resource "aws_elasticache_cluster" "memcached" { # pass
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.r6g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "member" { # pass
  cluster_id           = "sessions-2"
  replication_group_id = "sessions"
}
