locals {
  common = {
    Team = "core"
  }
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = local.common # shared
}

resource "aws_sqs_queue" "q" {
  name = "q"
  tags = local.common
}
