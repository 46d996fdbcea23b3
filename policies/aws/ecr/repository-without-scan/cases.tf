variable "on" { type = bool }

resource "aws_ecr_repository" "nothing" { # fail: known holes in its images are noticed by
  name = "orders"
}

resource "aws_ecr_repository" "bad" { # fail
  name = "orders"

  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecr_repository" "good" { # pass
  name = "orders"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_repository" "open" { # unknown
  name = "orders"

  image_scanning_configuration {
    scan_on_push = var.on
  }
}
