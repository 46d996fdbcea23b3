module "disk" {
  source = "../disk"
  name   = "x"
}
