module "a" {
  source    = "./volume"
  encrypted = false
}

module "b" {
  source = "./volume"
}
