resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}
