module "v" {
  source = "x/v/aws"
  zone   = "us-east-1a"
}
