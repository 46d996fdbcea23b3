variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket_lifecycle_configuration" "nothing" { # fail: 
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_lifecycle_configuration" "bad" { # fail
  bucket = "mycoco-invoices"

  rule {
    id     = "old"
    status = "Enabled"

    filter {}

    expiration {
      days = 30
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "good" { # pass
  bucket = "mycoco-invoices"

  rule {
    id     = "all"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "open" { # unknown
  bucket = "mycoco-invoices"

  rule {
    id     = "all"
    status = var.x

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
