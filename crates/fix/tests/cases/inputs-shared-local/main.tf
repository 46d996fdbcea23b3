variable "dead_letters" {
  type    = bool
  default = false
}

locals {
  tags = { Owner = "us" }
}

resource "aws_sqs_queue" "jobs" {
  tags = local.tags
}

resource "aws_sqs_queue" "dead" {
  count = var.dead_letters ? 1 : 0
  tags  = local.tags
}
