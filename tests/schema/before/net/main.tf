variable "vpc_cidr" {
  type = string
}
variable "name" {
  type    = string
  default = "net"
}
variable "tags" {
  type    = map(string)
  default = {}
}
variable "rules" {
  type    = list(object({ port = number }))
  default = []
}
resource "aws_vpc" "v" {
  cidr_block = var.vpc_cidr
  tags       = merge(var.tags, { Name = var.name, Rules = join(",", var.rules[*].port) })
}
