variable "on" { type = bool }

resource "aws_dms_replication_instance" "nothing" { # fail: fixes of the engine are not installed
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
}

resource "aws_dms_replication_instance" "bad" { # fail
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  auto_minor_version_upgrade = false
}

resource "aws_dms_replication_instance" "good" { # pass
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  auto_minor_version_upgrade = true
}

resource "aws_dms_replication_instance" "open" { # unknown
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  auto_minor_version_upgrade = var.on
}
