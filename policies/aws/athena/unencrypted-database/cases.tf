variable "text" { type = string }

resource "aws_athena_database" "nothing" { # fail: results are stored as the bucket happens
  name   = "reports"
  bucket = "reports-results"
}

resource "aws_athena_database" "good" { # pass
  name   = "reports"
  bucket = "reports-results"

  encryption_configuration {
    encryption_option = "SSE_S3"
  }
}

resource "aws_athena_database" "open" { # unknown
  name   = "reports"
  bucket = "reports-results"

  encryption_configuration {
    encryption_option = var.text
  }
}
