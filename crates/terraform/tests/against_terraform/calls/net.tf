variable "vpc_cidr" {
  type = string
}
variable "subnets" {
  type = list(string)
}
variable "name" {
  type    = string
  default = "net"
}
variable "enable_nat" {
  type    = bool
  default = false
}
variable "tags" {
  type    = map(string)
  default = {}
}
resource "aws_vpc" "v" {
  cidr_block = var.vpc_cidr
  tags       = merge(var.tags, { Name = var.name })
}
