variable "on" { type = bool }

resource "aws_neptune_cluster" "nothing" { # fail: whoever reaches the port may query and c
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "bad" { # fail
  cluster_identifier                  = "relations"
  engine                              = "neptune"
  iam_database_authentication_enabled = false
}

resource "aws_neptune_cluster" "good" { # pass
  cluster_identifier                  = "relations"
  engine                              = "neptune"
  iam_database_authentication_enabled = true
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier                  = "relations"
  engine                              = "neptune"
  iam_database_authentication_enabled = var.on
}
