variable "environment" {
  type    = string
  default = "test"
}

module "disk" {
  source = "../disk"
  name   = "y"
}
