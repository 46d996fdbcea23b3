variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket" "nothing" { # fail: what is overwritten or deleted is gone
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "bad" { # fail
  bucket = "mycoco-invoices"

  versioning {
    enabled = false
  }
}

resource "aws_s3_bucket" "good" { # pass
  bucket = "mycoco-invoices"

  versioning {
    enabled = true
  }
}

resource "aws_s3_bucket" "open" { # unknown
  bucket = "mycoco-invoices"

  versioning {
    enabled = var.on
  }
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_versioning" "own" {
  bucket = aws_s3_bucket.own.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket" "suspended" { # pass
  bucket = "mycoco-suspended"
}
resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.suspended.id
  versioning_configuration {
    status = "Suspended" # fail
  }
}
resource "aws_s3_bucket" "some" { # pass
  bucket = "mycoco-some"
}
resource "aws_s3_bucket_versioning" "some" {
  bucket = aws_s3_bucket.some.id
  versioning_configuration {
    status = var.x # unknown
  }
}
