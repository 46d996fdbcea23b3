variable "disks" {
  type    = number
  default = 1
}

resource "aws_ebs_volume" "data" {
  count             = var.disks
  availability_zone = "eu-west-1a"
  encrypted         = false
}
