variable "volumes" {
  type = map(object({
    zone      = string
    encrypted = optional(bool)
    tags      = optional(map(string))
  }))
  default = {
    a = { zone = "eu-west-1a" }
    b = { zone = "eu-west-1b", encrypted = false, tags = { Owner = "us" } }
    c = { zone = "eu-west-1c", encrypted = true }
  }
}

resource "aws_ebs_volume" "data" {
  for_each          = var.volumes
  availability_zone = each.value.zone
  encrypted         = each.value.encrypted
  tags              = each.value.tags
}
