variable "on" { type = bool }

resource "aws_cloudtrail" "nothing" { # fail: what happens in other regions is not rec
  name           = "audit"
  s3_bucket_name = "audit-trail"
}

resource "aws_cloudtrail" "bad" { # fail
  name                  = "audit"
  s3_bucket_name        = "audit-trail"
  is_multi_region_trail = false
}

resource "aws_cloudtrail" "good" { # pass
  name                  = "audit"
  s3_bucket_name        = "audit-trail"
  is_multi_region_trail = true
}

resource "aws_cloudtrail" "open" { # unknown
  name                  = "audit"
  s3_bucket_name        = "audit-trail"
  is_multi_region_trail = var.on
}
