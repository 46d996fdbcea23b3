variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: what loads the database can't be seen af
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage            = 20
  engine                       = "mysql"
  instance_class               = "db.m6g.large"
  performance_insights_enabled = false
}

resource "aws_db_instance" "good" { # pass
  allocated_storage            = 20
  engine                       = "mysql"
  instance_class               = "db.m6g.large"
  performance_insights_enabled = true
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage            = 20
  engine                       = "mysql"
  instance_class               = "db.m6g.large"
  performance_insights_enabled = var.on
}

resource "aws_rds_cluster_instance" "nothing" { # fail
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "good" { # pass
  cluster_identifier           = "orders"
  engine                       = "aurora-mysql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

resource "aws_db_instance" "small" { # pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.t3.micro"
}

resource "aws_db_instance" "small_postgres" { # fail
  allocated_storage = 20
  engine            = "postgres"
  instance_class    = "db.t3.micro"
}
