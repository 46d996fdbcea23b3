terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 3.60"
    }
  }
}

resource "aws_s3_bucket" "site" {
  bucket = "site"
}
