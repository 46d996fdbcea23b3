variable "on" { type = bool }

resource "aws_athena_workgroup" "nothing" { # pass
  name = "reports"
}

resource "aws_athena_workgroup" "bad" { # fail
  name = "reports"

  configuration {
    enforce_workgroup_configuration = false
  }
}

resource "aws_athena_workgroup" "good" { # pass
  name = "reports"

  configuration {
    enforce_workgroup_configuration = true
  }
}

resource "aws_athena_workgroup" "open" { # unknown
  name = "reports"

  configuration {
    enforce_workgroup_configuration = var.on
  }
}
