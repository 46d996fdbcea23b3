terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


variable "alarms" {
  type = map(object({
    metric    = string
    namespace = optional(string, "AWS/Lambda")
    threshold = number
    stat      = optional(string, "Sum")
    missing   = optional(string)
    dims      = optional(map(string))
  }))
  default = {
    errors   = { metric = "Errors", threshold = 1 }
    duration = { metric = "Duration", threshold = 2500.5, stat = "p99", missing = "notBreaching", dims = { FunctionName = "f" } }
  }
}

resource "aws_sns_topic" "ops" {
  name_prefix = "ops-"
}

resource "aws_sns_topic_policy" "ops" {
  arn = aws_sns_topic.ops.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "ops"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.ops.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "mail" {
  for_each  = toset(["a@example.com", "b@example.com"])
  topic_arn = aws_sns_topic.ops.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "a" {
  for_each            = var.alarms
  alarm_name          = each.key
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 2
  metric_name         = each.value.metric
  namespace           = each.value.namespace
  period              = 300
  statistic           = startswith(each.value.stat, "p") ? null : each.value.stat
  extended_statistic  = startswith(each.value.stat, "p") ? each.value.stat : null
  threshold           = each.value.threshold
  treat_missing_data  = coalesce(each.value.missing, "missing")
  dimensions          = each.value.dims
  alarm_actions       = [aws_sns_topic.ops.arn]
}

resource "aws_cloudwatch_metric_alarm" "math" {
  alarm_name          = "error-rate"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 5
  metric_query {
    id          = "rate"
    expression  = "100 * errors / calls"
    label       = "rate"
    return_data = true
  }
  dynamic "metric_query" {
    for_each = { errors = "Errors", calls = "Invocations" }
    content {
      id = metric_query.key
      metric {
        metric_name = metric_query.value
        namespace   = "AWS/Lambda"
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "c" {
  alarm_name = "any"
  alarm_rule = join(" OR ", [for a in aws_cloudwatch_metric_alarm.a : "ALARM(${a.alarm_name})"])
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_metric_filter" "e" {
  name           = "errors"
  pattern        = "{ $.level = \"error\" }"
  log_group_name = aws_cloudwatch_log_group.app.name
  metric_transformation {
    name      = "AppErrors"
    namespace = "App"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_subscription_filter" "s" {
  name            = "ship"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = "arn:aws:lambda:us-east-1:123456789012:function:ship"
}

resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = "ops"
  dashboard_body = jsonencode({
    widgets = [for i, k in sort(keys(var.alarms)) : {
      type       = "metric", x = 0, y = i * 6, width = 12, height = 6
      properties = { title = k, region = "us-east-1", metrics = [["AWS/Lambda", var.alarms[k].metric]], period = 300 }
    }]
  })
}

resource "aws_synthetics_canary" "c" {
  name                 = "home"
  artifact_s3_location = "s3://canary/"
  execution_role_arn   = "arn:aws:iam::123456789012:role/canary"
  handler              = "index.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "code"
  s3_key               = "canary.zip"
  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_budgets_budget" "b" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "100"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["a@example.com"]
  }
}
