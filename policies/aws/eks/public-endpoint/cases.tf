variable "on" { type = bool }

resource "aws_eks_cluster" "bad1" { # fail
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
}

resource "aws_eks_cluster" "bad2" { # fail
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids             = ["subnet-0aaa1111", "subnet-0bbb2222"]
    endpoint_public_access = true
  }
}

resource "aws_eks_cluster" "good" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids              = ["subnet-0aaa1111", "subnet-0bbb2222"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_cluster" "open" { # unknown
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids             = ["subnet-0aaa1111", "subnet-0bbb2222"]
    endpoint_public_access = var.on
  }
}
