variable "number" { type = number }

resource "aws_docdb_cluster" "nothing" { # fail: a mistake that is found a week later can
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_docdb_cluster" "bad" { # fail
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  backup_retention_period     = 3
}

resource "aws_docdb_cluster" "good" { # pass
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  backup_retention_period     = 14
}

resource "aws_docdb_cluster" "open" { # unknown
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  backup_retention_period     = var.number
}
