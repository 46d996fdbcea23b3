variable "x" { type = string }

resource "aws_ecr_repository" "nothing" { # fail: its images are encrypted with a key of S
  name = "orders"
}

resource "aws_ecr_repository" "bad" { # fail
  name = "orders"

  encryption_configuration {
    encryption_type = "AES256"
  }
}

resource "aws_ecr_repository" "good" { # pass
  name = "orders"

  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository" "open" { # unknown
  name = "orders"

  encryption_configuration {
    encryption_type = var.x
  }
}
