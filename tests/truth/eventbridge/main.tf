terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project   = var.project
      ManagedBy = "terraform"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "project" {
  type    = string
  default = "orchid"
}


variable "subscribers" {
  type = map(object({
    source = list(string)
    detail = optional(map(list(string)), {})
  }))
  default = {
    billing = { source = ["shop.orders"], detail = { status = ["PAID", "REFUNDED"] } }
    audit   = { source = ["shop.orders", "shop.users"] }
  }
}

resource "aws_cloudwatch_event_bus" "bus" {
  name = "${var.project}-bus"
}

resource "aws_sqs_queue" "q" {
  for_each                   = var.subscribers
  name                       = "${var.project}-${each.key}"
  visibility_timeout_seconds = 90
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead" {
  name = "${var.project}-dead"
}

resource "aws_sqs_queue" "fifo" {
  name                        = "${var.project}.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  kms_master_key_id           = "alias/aws/sqs"
}

data "aws_iam_policy_document" "q" {
  for_each = var.subscribers
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.q[each.key].arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.r[each.key].arn]
    }
  }
}

resource "aws_sqs_queue_policy" "q" {
  for_each  = var.subscribers
  queue_url = aws_sqs_queue.q[each.key].url
  policy    = data.aws_iam_policy_document.q[each.key].json
}

resource "aws_cloudwatch_event_rule" "r" {
  for_each       = var.subscribers
  name           = each.key
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  event_pattern = jsonencode(merge(
    { source = each.value.source },
    length(each.value.detail) > 0 ? { detail = each.value.detail } : {}
  ))
}

resource "aws_cloudwatch_event_target" "t" {
  for_each       = var.subscribers
  rule           = aws_cloudwatch_event_rule.r[each.key].name
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  arn            = aws_sqs_queue.q[each.key].arn
  target_id      = each.key
  input_transformer {
    input_paths    = { id = "$.detail.id" }
    input_template = "{\"order\": <id>}"
  }
}

resource "aws_cloudwatch_event_archive" "a" {
  name             = "all"
  event_source_arn = aws_cloudwatch_event_bus.bus.arn
  retention_days   = 30
}

resource "aws_scheduler_schedule" "s" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.dead.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
    input    = jsonencode({ tick = true })
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "alerts"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "q" {
  topic_arn            = aws_sns_topic.alerts.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.dead.arn
  raw_message_delivery = true
  filter_policy        = jsonencode({ level = ["high"] })
}
