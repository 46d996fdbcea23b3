resource "aws_ebs_volume" "d" {
  availability_zone = "us-east-1a"
}
