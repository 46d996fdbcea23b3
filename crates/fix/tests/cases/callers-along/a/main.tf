module "v" {
  source = "../modules/v"
}
