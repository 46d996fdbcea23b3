module "v" {
  source = "../volume"
}
