variable "on" { type = bool }

resource "aws_db_instance" "nothing" { # fail: snapshots of this database carry none of
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage     = 20
  engine                = "mysql"
  instance_class        = "db.m6g.large"
  copy_tags_to_snapshot = false
}

resource "aws_db_instance" "good" { # pass
  allocated_storage     = 20
  engine                = "mysql"
  instance_class        = "db.m6g.large"
  copy_tags_to_snapshot = true
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage     = 20
  engine                = "mysql"
  instance_class        = "db.m6g.large"
  copy_tags_to_snapshot = var.on
}
