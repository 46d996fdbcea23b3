variable "x" { type = string }

resource "aws_eks_node_group" "nothing" { # pass
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0aaa1111", "subnet-0bbb2222"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }
}

resource "aws_eks_node_group" "bad" { # fail
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0aaa1111", "subnet-0bbb2222"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }

  remote_access {
    ec2_ssh_key = "ops"
  }
}

resource "aws_eks_node_group" "good" { # pass
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0aaa1111", "subnet-0bbb2222"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }

  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = ["sg-0ccc3333"]
  }
}

resource "aws_eks_node_group" "open" { # unknown
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0aaa1111", "subnet-0bbb2222"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 2
  }

  remote_access {
    ec2_ssh_key = var.x
  }
}
