variable "on" { type = bool }

resource "aws_redshift_cluster" "nothing" { # fail: the data warehouse can be reached from t
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
}

resource "aws_redshift_cluster" "bad" { # fail
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  publicly_accessible    = true
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  publicly_accessible    = false
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  publicly_accessible    = var.on
}
