module "disk" {
  source = "./disk"
}

module "other" {
  source = "./disk"
  tags   = { Name = "other" }
}
