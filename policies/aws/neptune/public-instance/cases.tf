variable "on" { type = bool }

resource "aws_neptune_cluster_instance" "nothing" { # pass
  cluster_identifier = "relations"
  instance_class     = "db.r6g.large"
}

resource "aws_neptune_cluster_instance" "bad" { # fail
  cluster_identifier  = "relations"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_neptune_cluster_instance" "good" { # pass
  cluster_identifier  = "relations"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_neptune_cluster_instance" "open" { # unknown
  cluster_identifier  = "relations"
  instance_class      = "db.r6g.large"
  publicly_accessible = var.on
}
