variable "encrypted" {
  type    = bool
  default = false
}

variable "zone" {}

resource "aws_ebs_volume" "data" {
  availability_zone = var.zone
  encrypted         = var.encrypted
}

resource "aws_ebs_volume" "logs" {
  availability_zone = var.zone
}
