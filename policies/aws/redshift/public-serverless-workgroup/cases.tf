variable "on" { type = bool }

resource "aws_redshiftserverless_workgroup" "nothing" { # pass
  namespace_name = "reports"
  workgroup_name = "reports"
}

resource "aws_redshiftserverless_workgroup" "bad" { # fail
  namespace_name      = "reports"
  workgroup_name      = "reports"
  publicly_accessible = true
}

resource "aws_redshiftserverless_workgroup" "good" { # pass
  namespace_name      = "reports"
  workgroup_name      = "reports"
  publicly_accessible = false
}

resource "aws_redshiftserverless_workgroup" "open" { # unknown
  namespace_name      = "reports"
  workgroup_name      = "reports"
  publicly_accessible = var.on
}
