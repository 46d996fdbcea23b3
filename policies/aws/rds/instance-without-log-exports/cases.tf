variable "logs" { type = list(string) }

resource "aws_db_instance" "nothing" { # fail: the engine's logs stay on the instance a
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  enabled_cloudwatch_logs_exports = []
}

resource "aws_db_instance" "good" { # pass
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  enabled_cloudwatch_logs_exports = ["error"]
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  enabled_cloudwatch_logs_exports = var.logs
}
