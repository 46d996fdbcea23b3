variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket" "nothing" { # fail: who reads and writes its objects is not 
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "good" { # pass
  bucket = "mycoco-invoices"

  logging {
    target_bucket = "logs"
  }
}

resource "aws_s3_bucket" "open" { # unknown
  bucket = "mycoco-invoices"

  logging {
    target_bucket = var.x
  }
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_logging" "own" {
  bucket        = aws_s3_bucket.own.id
  target_bucket = "logs"
  target_prefix = "own/"
}
