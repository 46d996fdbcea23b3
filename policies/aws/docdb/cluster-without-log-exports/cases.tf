variable "logs" { type = list(string) }

resource "aws_docdb_cluster" "nothing" { # fail: who did what in this cluster is not reco
  cluster_identifier          = "orders"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_docdb_cluster" "bad" { # fail
  cluster_identifier              = "orders"
  master_username                 = "orders"
  manage_master_user_password     = true
  enabled_cloudwatch_logs_exports = []
}

resource "aws_docdb_cluster" "good" { # pass
  cluster_identifier              = "orders"
  master_username                 = "orders"
  manage_master_user_password     = true
  enabled_cloudwatch_logs_exports = ["audit"]
}

resource "aws_docdb_cluster" "open" { # unknown
  cluster_identifier              = "orders"
  master_username                 = "orders"
  manage_master_user_password     = true
  enabled_cloudwatch_logs_exports = var.logs
}
