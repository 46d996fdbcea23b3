variable "kind" {
  type = string
}

resource "aws_ebs_volume" "a" {
  count             = var.kind == "a" ? 1 : 0
  availability_zone = "eu-west-1a"
}

resource "aws_ebs_volume" "b" {
  count             = var.kind == "b" ? 1 : 0
  availability_zone = "eu-west-1a"
}
