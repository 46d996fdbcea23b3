variable "extra" {
  type    = map(string)
  default = null
}

resource "aws_sqs_queue" "jobs" {
  tags = var.extra == null ? { Use = "jobs" } : var.extra
}

resource "aws_sqs_queue" "mail" {
  tags = local.tags
}

locals {
  tags = var.extra != null ? merge(var.extra, { Use = "mail" }) : (var.extra == null ? { Use = "x" } : { Use = "y" })
}
