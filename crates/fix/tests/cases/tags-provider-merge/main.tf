locals {
  base = {
    Stage = "dev"
  }
}

provider "aws" {
  default_tags {
    tags = merge(local.base, var.more)
  }
}

variable "more" {
  type    = map(string)
  default = {}
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
}
