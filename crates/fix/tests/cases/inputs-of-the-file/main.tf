variable "disks" {
  type    = map(bool)
  default = { a = true }
}

resource "aws_ebs_volume" "data" {
  for_each          = var.disks
  availability_zone = "eu-west-1a"
  encrypted         = each.value
}

resource "aws_ebs_volume" "log" {
  availability_zone = "eu-west-1a"
  encrypted         = false
}
