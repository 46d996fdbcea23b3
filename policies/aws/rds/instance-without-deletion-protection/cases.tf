variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: one wrong command deletes this database
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  deletion_protection = false
}

resource "aws_db_instance" "good" { # pass
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  deletion_protection = true
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage   = 20
  engine              = "mysql"
  instance_class      = "db.m6g.large"
  deletion_protection = var.on
}
