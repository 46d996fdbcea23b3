locals {
  tags = { Stage = "dev" }
}

module "disk" {
  source = "./disk"
  tags   = local.tags
}

resource "aws_ebs_volume" "own" {
  availability_zone = "us-east-1a"
  tags              = local.tags
}
