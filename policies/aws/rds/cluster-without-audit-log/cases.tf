variable "logs" { type = list(string) }

resource "aws_rds_cluster" "nothing" { # fail: who did what
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster" "bad" { # fail
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error"]
}

resource "aws_rds_cluster" "good" { # pass
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}

resource "aws_rds_cluster" "open" { # unknown
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = concat(["error"], var.logs)
}
