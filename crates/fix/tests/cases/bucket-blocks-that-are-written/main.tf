terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_s3_bucket" "site" {
  bucket = "site"

  versioning {
    enabled = false # for now
  }
}
