terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_ebs_volume" "only" {
  availability_zone = "eu-central-1a"
  size              = 1
}
