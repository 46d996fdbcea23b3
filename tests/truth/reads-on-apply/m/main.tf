variable "name" {
  type = string
}

data "aws_region" "r" {}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:*:*:${var.name}"]
  }
}

resource "aws_iam_policy" "p" {
  name   = var.name
  policy = data.aws_iam_policy_document.d.json
}

module "inner" {
  source = "./inner"
  name   = var.name
}

output "region" {
  value = data.aws_region.r.name
}
