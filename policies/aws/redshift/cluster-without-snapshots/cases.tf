variable "number" { type = number }

resource "aws_redshift_cluster" "nothing" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
}

resource "aws_redshift_cluster" "bad" { # fail
  cluster_identifier                  = "reports"
  node_type                           = "ra3.large"
  master_username                     = "reports"
  manage_master_password              = true
  automated_snapshot_retention_period = 0
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier                  = "reports"
  node_type                           = "ra3.large"
  master_username                     = "reports"
  manage_master_password              = true
  automated_snapshot_retention_period = 3
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier                  = "reports"
  node_type                           = "ra3.large"
  master_username                     = "reports"
  manage_master_password              = true
  automated_snapshot_retention_period = var.number
}
