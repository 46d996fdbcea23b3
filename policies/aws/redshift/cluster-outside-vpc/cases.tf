variable "text" { type = string }

resource "aws_redshift_cluster" "nothing" { # fail: the cluster is placed in the default VPC
  cluster_identifier     = "reports"
  node_type              = "ra3.large"
  master_username        = "reports"
  manage_master_password = true
}

resource "aws_redshift_cluster" "good" { # pass
  cluster_identifier        = "reports"
  node_type                 = "ra3.large"
  master_username           = "reports"
  manage_master_password    = true
  cluster_subnet_group_name = "private"
}

resource "aws_redshift_cluster" "open" { # unknown
  cluster_identifier        = "reports"
  node_type                 = "ra3.large"
  master_username           = "reports"
  manage_master_password    = true
  cluster_subnet_group_name = var.text
}
