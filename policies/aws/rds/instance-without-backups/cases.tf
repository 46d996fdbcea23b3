variable "days" { type = number }

resource "aws_db_instance" "nothing" { # fail: no backup is made of this database
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage       = 20
  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  backup_retention_period = 0
}

resource "aws_db_instance" "good1" { # pass
  allocated_storage       = 20
  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  backup_retention_period = 7
}

resource "aws_db_instance" "good2" { # pass
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  replicate_source_db = "orders"
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage       = 20
  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  backup_retention_period = var.days
}
