variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_bucket_public_access_block" "nothing" { # fail: 
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_public_access_block" "bad" { # fail
  bucket                  = "mycoco-invoices"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_public_access_block" "good" { # pass
  bucket                  = "mycoco-invoices"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "open" { # unknown
  bucket                  = "mycoco-invoices"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = var.on
}
