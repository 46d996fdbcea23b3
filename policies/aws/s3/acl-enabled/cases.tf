variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket_ownership_controls" "nothing" { # fail: each object may have readers that no pol
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_ownership_controls" "bad" { # fail
  bucket = "mycoco-invoices"

  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_ownership_controls" "good" { # pass
  bucket = "mycoco-invoices"

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_ownership_controls" "open" { # unknown
  bucket = "mycoco-invoices"

  rule {
    object_ownership = var.x
  }
}
