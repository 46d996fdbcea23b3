variable "volumes" {
  default = {
    a = { encrypted = false }
    b = { encrypted = true }
  }
}

resource "aws_ebs_volume" "data" {
  for_each          = var.volumes
  availability_zone = "us-east-1a"
  encrypted         = each.value.encrypted
}
