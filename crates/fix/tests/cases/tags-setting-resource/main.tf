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

locals {
  tags = {
    App = "shop"
  }
}

resource "aws_ebs_volume" "a" {
  availability_zone = "eu-central-1a"
  size              = 1
  tags              = local.tags
}

resource "aws_ebs_volume" "b" {
  availability_zone = "eu-central-1a"
  size              = 1
  tags              = merge(local.tags, { Name = "b" })
}

resource "aws_eip" "c" {
  domain = "vpc"
}
