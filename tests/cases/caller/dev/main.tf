module "db" {
  source    = "../modules/db"
  encrypted = true
}
