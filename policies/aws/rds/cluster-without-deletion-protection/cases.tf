variable "on" { type = bool }

resource "aws_rds_cluster" "nothing" { # fail: one wrong command deletes this cluster
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "bad" { # fail
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  deletion_protection = false
}

resource "aws_rds_cluster" "good" { # pass
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  deletion_protection = true
}

resource "aws_rds_cluster" "open" { # unknown
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  deletion_protection = var.on
}
