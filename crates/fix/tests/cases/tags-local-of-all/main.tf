locals {
  tags = merge(var.extra, {
    Stage = "dev"
  })
}

variable "extra" {
  type    = map(string)
  default = {}
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = local.tags
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = merge(local.tags, { Name = "b" })
}

resource "aws_ebs_volume" "c" {
  availability_zone = "us-east-1a"
  tags              = merge({ Name = "c" }, local.tags)
}
