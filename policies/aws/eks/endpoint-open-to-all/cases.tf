variable "x" { type = string }
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
    subnet_ids          = ["subnet-0aaa1111", "subnet-0bbb2222"]
    public_access_cidrs = ["0.0.0.0/0"]
  }
}

resource "aws_eks_cluster" "good1" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0aaa1111", "subnet-0bbb2222"]
    public_access_cidrs = ["10.0.0.0/8"]
  }
}

resource "aws_eks_cluster" "good2" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids              = ["subnet-0aaa1111", "subnet-0bbb2222"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

resource "aws_eks_cluster" "open1" { # unknown
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0aaa1111", "subnet-0bbb2222"]
    public_access_cidrs = [var.x]
  }
}

resource "aws_eks_cluster" "open2" { # unknown
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids             = ["subnet-0aaa1111", "subnet-0bbb2222"]
    endpoint_public_access = var.on
  }
}
