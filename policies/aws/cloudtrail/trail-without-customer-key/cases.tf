variable "key" { type = string }

resource "aws_cloudtrail" "nothing" { # fail: what the trail writes is encrypted with 
  name           = "audit"
  s3_bucket_name = "audit-trail"
}

resource "aws_cloudtrail" "good1" { # pass
  name           = "audit"
  s3_bucket_name = "audit-trail"
  kms_key_id     = aws_kms_key.own.arn
}

resource "aws_cloudtrail" "good2" { # pass
  name           = "audit"
  s3_bucket_name = "audit-trail"
  kms_key_id     = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_cloudtrail" "open" { # unknown
  name           = "audit"
  s3_bucket_name = "audit-trail"
  kms_key_id     = var.key
}

resource "aws_kms_key" "own" {
}
