variable "on" { type = bool }

resource "aws_redshift_cluster" "nothing" { # fail: who connected and what ran is not kept
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

  logging {
    enable = false
  }
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true

  logging {
    enable               = true
    log_destination_type = "cloudwatch"
    log_exports          = ["connectionlog"]
  }
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true

  logging {
    enable = var.on
  }
}

resource "aws_redshift_cluster" "logged" { # pass
  cluster_identifier     = "logged"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
}

resource "aws_redshift_logging" "logged" {
  cluster_identifier   = aws_redshift_cluster.logged.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog"]
}
