module "db" {
  source    = "../modules/db"
  encrypted = false
}
