resource "aws_s3_bucket" "nothing" { # fail: one ACL or one policy makes this bucket 
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_public_access_block" "own" {
  bucket                  = aws_s3_bucket.own.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

variable "on" { type = bool }
resource "aws_s3_bucket" "maybe" { # unknown: may belong to it
  bucket = "mycoco-maybe"
}
resource "aws_s3_bucket_public_access_block" "maybe" {
  count                   = var.on ? 1 : 0
  bucket                  = aws_s3_bucket.maybe.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
