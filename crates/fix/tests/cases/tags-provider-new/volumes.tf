resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = { Name = "b" }
}

resource "aws_eip" "c" {
  domain = "vpc"
}
