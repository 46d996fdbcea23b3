variable "seconds" { type = number }

resource "aws_rds_cluster" "nothing" { # fail: a wrong statement is undone only by rest
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "bad" { # fail
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = 0
}

resource "aws_rds_cluster" "good" { # pass
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = 3600
}

resource "aws_rds_cluster" "open" { # unknown
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = var.seconds
}
