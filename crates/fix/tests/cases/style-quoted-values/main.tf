variable "encrypted" {
  type    = string
  default = "false"
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  encrypted         = "false"
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  encrypted         = var.encrypted
}
