variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: people and programs can log in with pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage                   = 20
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  iam_database_authentication_enabled = false
}

resource "aws_db_instance" "good" { # pass
  allocated_storage                   = 20
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  iam_database_authentication_enabled = true
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage                   = 20
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  iam_database_authentication_enabled = var.on
}
