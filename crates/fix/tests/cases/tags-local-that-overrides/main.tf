locals {
  tags = { Stage = "dev" }
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = local.tags
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = local.tags
}

resource "aws_eip" "own" {
  tags = merge({ Owner = "edge" }, local.tags)
}
