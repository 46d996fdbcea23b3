variable "text" { type = string }

resource "aws_docdb_cluster_parameter_group" "nothing" { # pass
  family = "docdb5.0"
}

resource "aws_docdb_cluster_parameter_group" "bad" { # fail
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "good1" { # pass
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "good2" { # pass
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "tls1.2+"
  }
}

resource "aws_docdb_cluster_parameter_group" "open" { # unknown
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = var.text
  }
}

variable "parameters" { type = map(string) }

resource "aws_docdb_cluster_parameter_group" "some" { # unknown: whether clients have to connect with TLS
  family = "docdb5.0"

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}
