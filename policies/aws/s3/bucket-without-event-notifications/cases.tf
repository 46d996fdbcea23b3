resource "aws_s3_bucket" "nothing" { # fail: nobody hears of changes to its objects
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "own" { # pass
  bucket = "mycoco-own"
}
resource "aws_s3_bucket_notification" "own" {
  bucket      = aws_s3_bucket.own.id
  eventbridge = true
}
variable "on" { type = bool }
resource "aws_s3_bucket" "maybe" { # unknown
  bucket = "mycoco-maybe"
}
resource "aws_s3_bucket_notification" "maybe" {
  count       = var.on ? 1 : 0
  bucket      = aws_s3_bucket.maybe.id
  eventbridge = true
}
