variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_object" "nothing" { # fail: the object is encrypted as its bucket sa
  bucket = "mycoco-invoices"
  key    = "rates.json"
  source = "rates.json"
}

resource "aws_s3_object" "good" { # pass
  bucket     = "mycoco-invoices"
  key        = "rates.json"
  source     = "rates.json"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
}

resource "aws_s3_object" "open" { # unknown
  bucket     = "mycoco-invoices"
  key        = "rates.json"
  source     = "rates.json"
  kms_key_id = var.x
}

resource "aws_s3_bucket_object" "nothing" { # fail
  bucket = "mycoco-invoices"
  key    = "rates.json"
  source = "rates.json"
}

resource "aws_s3_bucket_object" "good" { # pass
  bucket     = "mycoco-invoices"
  key        = "rates.json"
  source     = "rates.json"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
}
