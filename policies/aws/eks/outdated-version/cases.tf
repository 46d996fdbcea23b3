variable "x" { type = string }

resource "aws_eks_cluster" "nothing" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
}

resource "aws_eks_cluster" "bad" { # fail
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
  version = "1.27"
}

resource "aws_eks_cluster" "good" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
  version = "1.34"
}

resource "aws_eks_cluster" "open" { # unknown
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
  version = var.x
}
