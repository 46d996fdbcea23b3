locals {
  common = {
    Team = "core"
  }
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = merge(local.common, { Name = "a" })
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = local.common
}

resource "aws_ebs_volume" "c" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "d" {
  availability_zone = "us-east-1a"

  tags = {
    Owner = "me"
  }
}
