resource "aws_cloudwatch_log_group" "api" {
  name              = "/orders/api"
  retention_in_days = 30
}
