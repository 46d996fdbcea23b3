resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = null
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = { Owner = null }
}
