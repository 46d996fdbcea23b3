variable "on" { type = bool }

resource "aws_rds_cluster" "nothing" { # fail: snapshots of this cluster carry none of 
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "bad" { # fail
  cluster_identifier    = "orders"
  engine                = "aurora-mysql"
  copy_tags_to_snapshot = false
}

resource "aws_rds_cluster" "good" { # pass
  cluster_identifier    = "orders"
  engine                = "aurora-mysql"
  copy_tags_to_snapshot = true
}

resource "aws_rds_cluster" "open" { # unknown
  cluster_identifier    = "orders"
  engine                = "aurora-mysql"
  copy_tags_to_snapshot = var.on
}
