variable "on" { type = bool }

resource "aws_redshift_cluster" "nothing" { # pass
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
  allow_version_upgrade  = false
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  allow_version_upgrade  = true
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
  allow_version_upgrade  = var.on
}
