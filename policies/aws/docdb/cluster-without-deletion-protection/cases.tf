variable "on" { type = bool }

resource "aws_docdb_cluster" "nothing" { # fail: one wrong command deletes this cluster
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_docdb_cluster" "bad" { # fail
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  deletion_protection         = false
}

resource "aws_docdb_cluster" "good" { # pass
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  deletion_protection         = true
}

resource "aws_docdb_cluster" "open" { # unknown
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  deletion_protection         = var.on
}
