variable "on" { type = bool }

resource "aws_memorydb_cluster" "nothing" { # pass
  acl_name  = "open-access"
  node_type = "db.r6g.large"
}

resource "aws_memorydb_cluster" "bad" { # fail
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  tls_enabled = false
}

resource "aws_memorydb_cluster" "good" { # pass
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  tls_enabled = true
}

resource "aws_memorydb_cluster" "open" { # unknown
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  tls_enabled = var.on
}
