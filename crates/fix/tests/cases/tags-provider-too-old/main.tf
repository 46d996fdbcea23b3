terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 3.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
}

resource "aws_eip" "b" {
  vpc = true
}
