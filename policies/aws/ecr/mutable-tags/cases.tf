variable "x" { type = string }

resource "aws_ecr_repository" "nothing" { # fail: another image can be put under a tag tha
  name = "orders"
}

resource "aws_ecr_repository" "bad" { # fail
  name                 = "orders"
  image_tag_mutability = "MUTABLE"
}

resource "aws_ecr_repository" "good" { # pass
  name                 = "orders"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "open" { # unknown
  name                 = "orders"
  image_tag_mutability = var.x
}
