variable "number" { type = number }

resource "aws_neptune_cluster" "nothing" { # fail: a mistake that is found a week later can
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "bad" { # fail
  cluster_identifier      = "relations"
  engine                  = "neptune"
  backup_retention_period = 3
}

resource "aws_neptune_cluster" "good" { # pass
  cluster_identifier      = "relations"
  engine                  = "neptune"
  backup_retention_period = 14
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier      = "relations"
  engine                  = "neptune"
  backup_retention_period = var.number
}
