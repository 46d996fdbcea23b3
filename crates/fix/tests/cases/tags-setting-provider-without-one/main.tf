resource "aws_ebs_volume" "only" {
  availability_zone = "eu-central-1a"
  size              = 1
}
