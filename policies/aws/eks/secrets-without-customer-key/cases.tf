variable "types" { type = list(string) }

resource "aws_eks_cluster" "nothing" { # fail: secrets of the cluster are not encrypted
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }
}

resource "aws_eks_cluster" "good" { # pass
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.main.arn
    }
  }
}

resource "aws_eks_cluster" "open" { # unknown
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aaa1111", "subnet-0bbb2222"]
  }

  encryption_config {
    resources = var.types

    provider {
      key_arn = aws_kms_key.main.arn
    }
  }
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
