locals {
  env = "prod"
  at_rest = {
    encrypted = false
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  encrypted         = local.at_rest.encrypted
}
