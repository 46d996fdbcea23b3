variable "on" { type = bool }

resource "aws_cloudtrail" "nothing" { # fail: changed or deleted files of the trail go
  name           = "audit"
  s3_bucket_name = "audit-trail"
}

resource "aws_cloudtrail" "bad" { # fail
  name                       = "audit"
  s3_bucket_name             = "audit-trail"
  enable_log_file_validation = false
}

resource "aws_cloudtrail" "good" { # pass
  name                       = "audit"
  s3_bucket_name             = "audit-trail"
  enable_log_file_validation = true
}

resource "aws_cloudtrail" "open" { # unknown
  name                       = "audit"
  s3_bucket_name             = "audit-trail"
  enable_log_file_validation = var.on
}
