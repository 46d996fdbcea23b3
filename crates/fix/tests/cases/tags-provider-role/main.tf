provider "aws" {
  region = "us-east-1"
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = "{}"

  tags = {
    owner = "data"
  }
}
