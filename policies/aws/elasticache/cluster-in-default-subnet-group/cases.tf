variable "text" { type = string }

resource "aws_elasticache_cluster" "nothing" { # fail: the cache is placed in the default VPC
  cluster_id      = "sessions"
  engine          = "redis"
  node_type       = "cache.r6g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "good" { # pass
  cluster_id        = "sessions"
  engine            = "redis"
  node_type         = "cache.r6g.large"
  num_cache_nodes   = 1
  subnet_group_name = "private"
}

resource "aws_elasticache_cluster" "open" { # unknown
  cluster_id        = "sessions"
  engine            = "redis"
  node_type         = "cache.r6g.large"
  num_cache_nodes   = 1
  subnet_group_name = var.text
}
