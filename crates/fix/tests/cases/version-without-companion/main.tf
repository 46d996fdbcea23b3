terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 3.0"
    }
  }
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}

resource "aws_sqs_queue" "q" {
  name = "q"
}

resource "aws_ebs_volume" "v" {
  availability_zone = "us-east-1a"
  size              = 1
}
