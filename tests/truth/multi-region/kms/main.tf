terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  type = string
}

data "aws_region" "r" {}

resource "aws_kms_key" "k" {
  description  = "${var.name} in ${data.aws_region.r.name}"
  multi_region = true
}

resource "aws_kms_alias" "k" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.k.key_id
}

output "arn" {
  value = aws_kms_key.k.arn
}
