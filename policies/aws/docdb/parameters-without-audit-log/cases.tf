variable "text" { type = string }

resource "aws_docdb_cluster_parameter_group" "nothing" { # fail: clusters with these parameters record no
  family = "docdb5.0"
}

resource "aws_docdb_cluster_parameter_group" "bad" { # fail
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "disabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "good1" { # pass
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "good2" { # pass
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }

  parameter {
    name  = "audit_logs"
    value = "all"
  }
}

resource "aws_docdb_cluster_parameter_group" "open" { # unknown
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = var.text
  }
}
