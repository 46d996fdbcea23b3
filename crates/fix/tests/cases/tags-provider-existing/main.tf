provider "aws" {
  region = "us-east-1"

  # for all
  default_tags {
    tags = {
      Stage = "dev"
      Owner = ""
    }
  }
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = { Owner = null }
}

resource "aws_ebs_volume" "c" {
  availability_zone = "us-east-1a"
  tags              = { Owner = "" }
}
