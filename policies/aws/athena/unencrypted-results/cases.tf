variable "text" { type = string }

resource "aws_athena_workgroup" "nothing" { # fail: results are stored as the bucket happens
  name = "reports"
}

resource "aws_athena_workgroup" "good" { # pass
  name = "reports"

  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

resource "aws_athena_workgroup" "open" { # unknown
  name = "reports"

  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = var.text
      }
    }
  }
}
