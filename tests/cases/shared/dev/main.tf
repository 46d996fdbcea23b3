module "queue" {
  source = "../queue"
}
