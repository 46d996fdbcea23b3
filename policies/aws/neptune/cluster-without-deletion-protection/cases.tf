variable "on" { type = bool }

resource "aws_neptune_cluster" "nothing" { # fail: one wrong command deletes this cluster
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "bad" { # fail
  cluster_identifier  = "relations"
  engine              = "neptune"
  deletion_protection = false
}

resource "aws_neptune_cluster" "good" { # pass
  cluster_identifier  = "relations"
  engine              = "neptune"
  deletion_protection = true
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier  = "relations"
  engine              = "neptune"
  deletion_protection = var.on
}
