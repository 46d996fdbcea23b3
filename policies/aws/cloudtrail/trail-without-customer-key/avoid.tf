resource "aws_cloudtrail" "main" {
  name           = "audit"
  s3_bucket_name = "audit-trail"
}
