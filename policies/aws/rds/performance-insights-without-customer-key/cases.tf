variable "key" { type = string }

resource "aws_db_instance" "nothing" { # pass
  allocated_storage = 20
  engine            = "mysql"
  instance_class    = "db.m6g.large"
}

resource "aws_db_instance" "bad" { # fail
  allocated_storage            = 20
  engine                       = "mysql"
  instance_class               = "db.m6g.large"
  performance_insights_enabled = true
}

resource "aws_db_instance" "good" { # pass
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
}

resource "aws_db_instance" "open" { # unknown
  allocated_storage               = 20
  engine                          = "mysql"
  instance_class                  = "db.m6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.key
}

resource "aws_rds_cluster_instance" "nothing" { # pass
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "good" { # pass
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  instance_class                  = "db.r6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
}
