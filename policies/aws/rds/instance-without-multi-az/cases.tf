variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: nothing takes over when its availability
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
  multi_az          = false
}

resource "aws_db_instance" "good1" { # pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
  multi_az          = true
}

resource "aws_db_instance" "good2" { # pass
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  replicate_source_db = "orders"
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
  multi_az          = var.on
}
