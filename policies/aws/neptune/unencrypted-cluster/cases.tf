variable "on" { type = bool }

resource "aws_neptune_cluster" "nothing" { # fail: the graph and its backups are stored in 
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "bad" { # fail
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = false
}

resource "aws_neptune_cluster" "good" { # pass
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = true
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = var.on
}
