provider "aws" {
  region = "us-east-1"
}

module "disk" {
  source   = "./disk"
  for_each = toset(["x", "y"])
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}
