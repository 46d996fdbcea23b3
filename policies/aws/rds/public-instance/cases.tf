variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  publicly_accessible = true
}

resource "aws_db_instance" "good1" { # pass
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  publicly_accessible = false
}

resource "aws_db_instance" "good2" { # pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  publicly_accessible = var.on
}

resource "aws_rds_cluster_instance" "nothing" { # pass
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "good" { # pass
  cluster_identifier  = "orders"
  engine              = "aurora-mysql"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}
