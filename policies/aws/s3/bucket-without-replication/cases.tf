resource "aws_s3_bucket" "nothing" { # fail: its objects are in one region only
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_replication_configuration" "own" {
  bucket = aws_s3_bucket.own.id
  role   = "arn:aws:iam::111122223333:role/r"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::r"
    }
  }
}
variable "on" { type = bool }
resource "aws_s3_bucket" "maybe" { # unknown
  bucket = "mycoco-maybe"
}
resource "aws_s3_bucket_replication_configuration" "maybe" {
  count  = var.on ? 1 : 0
  bucket = aws_s3_bucket.maybe.id
  role   = "arn:aws:iam::111122223333:role/r"
  rule {
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::r"
    }
  }
}
