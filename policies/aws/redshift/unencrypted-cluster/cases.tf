variable "on" { type = bool }

resource "aws_redshift_cluster" "nothing" { # fail: tables and snapshots are stored in plain
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
  encrypted              = false
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  encrypted              = true
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  encrypted              = var.on
}
