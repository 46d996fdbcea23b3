variable "logs" { type = set(string) }

resource "aws_neptune_cluster" "nothing" { # fail: who did what in this cluster is not reco
  cluster_identifier = "relations"
  engine             = "neptune"
}

resource "aws_neptune_cluster" "bad" { # fail
  cluster_identifier             = "relations"
  engine                         = "neptune"
  enable_cloudwatch_logs_exports = ["slowquery"]
}

resource "aws_neptune_cluster" "good" { # pass
  cluster_identifier             = "relations"
  engine                         = "neptune"
  enable_cloudwatch_logs_exports = ["audit"]
}

resource "aws_neptune_cluster" "open" { # unknown
  cluster_identifier             = "relations"
  engine                         = "neptune"
  enable_cloudwatch_logs_exports = var.logs
}
