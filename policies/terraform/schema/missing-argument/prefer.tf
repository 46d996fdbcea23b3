resource "aws_sns_topic_subscription" "mail" {
  topic_arn = "arn:aws:sns:eu-central-1:123456789012:alerts"
  protocol  = "email"
  endpoint  = "ops@example.com"
}
