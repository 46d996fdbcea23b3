variable "on" { type = bool }

resource "aws_cloudtrail" "nothing" { # pass
  name           = "audit"
  s3_bucket_name = "audit-trail"
}

resource "aws_cloudtrail" "bad" { # fail
  name           = "audit"
  s3_bucket_name = "audit-trail"
  enable_logging = false
}

resource "aws_cloudtrail" "good" { # pass
  name           = "audit"
  s3_bucket_name = "audit-trail"
  enable_logging = true
}

resource "aws_cloudtrail" "open" { # unknown
  name           = "audit"
  s3_bucket_name = "audit-trail"
  enable_logging = var.on
}
