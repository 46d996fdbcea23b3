variable "on" { type = bool }

resource "aws_docdb_cluster" "nothing" { # fail: documents and backups are stored in plai
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_docdb_cluster" "bad" { # fail
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = false
}

resource "aws_docdb_cluster" "good" { # pass
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = true
}

resource "aws_docdb_cluster" "open" { # unknown
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
  storage_encrypted           = var.on
}
