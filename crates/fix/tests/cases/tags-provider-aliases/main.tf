provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "west" {
  count             = 2
  provider          = aws.west
  availability_zone = "us-west-2a"
}

resource "aws_eip" "west" {
  provider = aws.west
  domain   = "vpc"
}
