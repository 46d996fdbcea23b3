module "disk" {
  source = "./disk"
}
