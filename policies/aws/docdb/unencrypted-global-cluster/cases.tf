variable "on" { type = bool }

resource "aws_docdb_global_cluster" "nothing" { # fail: documents are stored in plain form in ev
  global_cluster_identifier = "orders"
  engine                    = "docdb"
}

resource "aws_docdb_global_cluster" "bad" { # fail
  global_cluster_identifier = "orders"
  engine                    = "docdb"
  storage_encrypted         = false
}

resource "aws_docdb_global_cluster" "good" { # pass
  global_cluster_identifier = "orders"
  engine                    = "docdb"
  storage_encrypted         = true
}

resource "aws_docdb_global_cluster" "open" { # unknown
  global_cluster_identifier = "orders"
  engine                    = "docdb"
  storage_encrypted         = var.on
}
