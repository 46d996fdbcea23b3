variable "on" { type = bool }

resource "aws_dms_replication_instance" "nothing" { # pass
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
}

resource "aws_dms_replication_instance" "bad" { # fail
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  publicly_accessible        = true
}

resource "aws_dms_replication_instance" "good" { # pass
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  publicly_accessible        = false
}

resource "aws_dms_replication_instance" "open" { # unknown
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  publicly_accessible        = var.on
}
