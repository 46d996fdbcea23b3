module "v" {
  source = "../modules/v"
  open   = true
}
