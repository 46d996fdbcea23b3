variable "seconds" { type = number }

resource "aws_db_instance" "nothing" { # fail: what happens inside of the instance is n
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  monitoring_interval = 0
}

resource "aws_db_instance" "good" { # pass
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  monitoring_interval = 30
  monitoring_role_arn = "arn:aws:iam::111122223333:role/rds-monitoring"
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  monitoring_interval = var.seconds
}

resource "aws_rds_cluster_instance" "nothing" { # fail
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "good" { # pass
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  instance_class      = "db.r6g.large"
  monitoring_interval = 30
  monitoring_role_arn = "arn:aws:iam::111122223333:role/rds-monitoring"
}
