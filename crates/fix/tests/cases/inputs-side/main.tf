variable "kind" {
  type    = string
  default = "x"
}

locals {
  tags = {}
}

resource "aws_sqs_queue" "jobs" {
  tags = local.tags
}

resource "aws_sns_topic" "other" {
  count = var.kind == "y" ? 1 : 0
  tags  = local.tags
}
