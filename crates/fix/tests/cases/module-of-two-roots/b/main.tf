module "v" {
  source    = "../volume"
  encrypted = true
}
