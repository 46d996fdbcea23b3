resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"

  lifecycle {
    ignore_changes = [encrypted]
  }
}
