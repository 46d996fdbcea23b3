variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket" "nothing" { # fail: nothing in it ever ends, not even parts 
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "good" { # pass
  bucket = "mycoco-invoices"

  lifecycle_rule {
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7
  }
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_lifecycle_configuration" "own" {
  bucket = aws_s3_bucket.own.id
  rule {
    id     = "a"
    status = "Enabled"
    expiration {
      days = 30
    }
  }
}
resource "aws_s3_bucket" "maybe" { # unknown
  bucket = "mycoco-maybe"
}
resource "aws_s3_bucket_lifecycle_configuration" "maybe" {
  count  = var.on ? 1 : 0
  bucket = aws_s3_bucket.maybe.id
  rule {
    id     = "a"
    status = "Enabled"
  }
}
