variable "text" { type = string }

resource "aws_cloudtrail" "nothing" { # fail: no alarm can be raised by what the trail
  name           = "audit"
  s3_bucket_name = "audit-trail"
}

resource "aws_cloudtrail" "good" { # pass
  name                       = "audit"
  s3_bucket_name             = "audit-trail"
  cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/audit"
}

resource "aws_cloudtrail" "open" { # unknown
  name                       = "audit"
  s3_bucket_name             = "audit-trail"
  cloud_watch_logs_group_arn = var.text
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/audit"
}
