variable "text" { type = string }

resource "aws_redshift_parameter_group" "nothing" { # fail: clients may connect without TLS
  name   = "reports"
  family = "redshift-1.0"
}

resource "aws_redshift_parameter_group" "bad" { # fail
  name   = "reports"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }
}

resource "aws_redshift_parameter_group" "good1" { # pass
  name   = "reports"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "good2" { # pass
  name   = "reports"
  family = "redshift-1.0"

  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }

  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "open" { # unknown
  name   = "reports"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = var.text
  }
}
