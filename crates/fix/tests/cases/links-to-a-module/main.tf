module "a" {
  source = "./linked"
  kind   = "a"
}

module "b" {
  source = "./real"
  kind   = "b"
}
