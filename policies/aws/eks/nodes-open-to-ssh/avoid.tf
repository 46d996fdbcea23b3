resource "aws_eks_node_group" "main" {
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
