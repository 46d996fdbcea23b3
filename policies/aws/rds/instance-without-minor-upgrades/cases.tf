variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: whether fixes of the engine are taken is
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage          = 20
  engine                     = "mysql"
  instance_class             = "db.m6g.large"
  auto_minor_version_upgrade = false
}

resource "aws_db_instance" "good" { # pass
  allocated_storage          = 20
  engine                     = "mysql"
  instance_class             = "db.m6g.large"
  auto_minor_version_upgrade = true
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage          = 20
  engine                     = "mysql"
  instance_class             = "db.m6g.large"
  auto_minor_version_upgrade = var.on
}

resource "aws_rds_cluster_instance" "nothing" { # fail
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "good" { # pass
  cluster_identifier         = "orders"
  engine                     = "aurora-mysql"
  instance_class             = "db.r6g.large"
  auto_minor_version_upgrade = true
}
