variable "prod" {
  type    = bool
  default = false
}

variable "own" {
  type    = bool
  default = true
}

resource "aws_ebs_volume" "a" {
  availability_zone = "eu-west-1a"
  encrypted         = var.prod ? var.own : false
}

resource "aws_ebs_volume" "b" {
  availability_zone = "eu-west-1a"
  encrypted         = var.prod ? true : false
}
