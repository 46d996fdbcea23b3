variable "on" { type = bool }

resource "aws_rds_cluster" "nothing" { # fail: people and programs can log in with pass
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "bad" { # fail
  cluster_identifier                  = "orders"
  engine                              = "aurora-mysql"
  iam_database_authentication_enabled = false
}

resource "aws_rds_cluster" "good" { # pass
  cluster_identifier                  = "orders"
  engine                              = "aurora-mysql"
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster" "open" { # unknown
  cluster_identifier                  = "orders"
  engine                              = "aurora-mysql"
  iam_database_authentication_enabled = var.on
}
