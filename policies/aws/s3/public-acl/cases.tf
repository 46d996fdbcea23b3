variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket_acl" "nothing" { # pass
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_acl" "bad1" { # fail
  bucket = "mycoco-invoices"
  acl    = "public-read"
}

resource "aws_s3_bucket_acl" "bad2" { # fail
  bucket = "mycoco-invoices"
  acl    = "authenticated-read"
}

resource "aws_s3_bucket_acl" "good" { # pass
  bucket = "mycoco-invoices"
  acl    = "private"
}

resource "aws_s3_bucket_acl" "open" { # unknown
  bucket = "mycoco-invoices"
  acl    = var.x
}

resource "aws_s3_bucket" "nothing" { # pass
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket" "good" { # pass
  bucket = "mycoco-invoices"
  acl    = "private"
}
