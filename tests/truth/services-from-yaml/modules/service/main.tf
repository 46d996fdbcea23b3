variable "name" { type = string }
variable "settings" { type = any }
variable "queues" {
  type = list(object({
    name  = string
    fifo  = optional(bool, false)
    delay = optional(number)
  }))
  default  = []
  nullable = false
}
locals {
  timeout = try(tonumber(var.settings.timeout), 60)
}
module "queue" {
  source   = "./modules/queue"
  for_each = { for q in var.queues : q.name => q }
  prefix   = var.name
  queue    = each.value
  timeout  = local.timeout
}
resource "aws_iam_role" "r" {
  name = "${var.name}-role"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  tags = { Tier = upper(var.settings.tier) }
}
data "aws_iam_policy_document" "q" {
  count = length(var.queues) > 0 ? 1 : 0
  statement {
    actions   = ["sqs:*"]
    resources = [for q in module.queue : q.arn]
  }
}
resource "aws_iam_role_policy" "q" {
  count  = length(data.aws_iam_policy_document.q)
  name   = "queues"
  role   = aws_iam_role.r.name
  policy = one(data.aws_iam_policy_document.q).json
}
resource "aws_cloudwatch_metric_alarm" "depth" {
  for_each            = var.settings.alarms ? { for k, q in module.queue : k => q.name } : {}
  alarm_name          = "${var.name}-${each.key}-depth"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 2
  threshold           = 100
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  period              = "60"
  statistic           = "Maximum"
  dimensions          = { QueueName = each.value }
}
output "queue_names" { value = [for q in module.queue : q.name] }
output "role_name" { value = aws_iam_role.r.name }
