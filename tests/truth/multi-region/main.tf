terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}


provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { Owner = "platform", Env = terraform.workspace }
  }
}

provider "aws" {
  alias  = "use1"
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
  default_tags {
    tags = { Owner = "dr" }
  }
}

data "aws_region" "main" {}
data "aws_region" "use1" {
  provider = aws.use1
}

resource "aws_acm_certificate" "cdn" {
  provider          = aws.use1
  domain_name       = "cdn.example.com"
  validation_method = "DNS"
}

resource "aws_s3_bucket" "src" {
  bucket = "src-${data.aws_region.main.name}"
  tags   = { Owner = "override", Extra = "1" }
}

resource "aws_s3_bucket" "dst" {
  provider = aws.west
  bucket   = "dst-${data.aws_region.use1.name}"
}

resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.src.id
  role   = "arn:aws:iam::123456789012:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    filter {
      prefix = ""
    }
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket        = aws_s3_bucket.dst.arn
      storage_class = "STANDARD_IA"
    }
  }
}

module "dr" {
  source    = "./kms"
  providers = { aws = aws.west }
  for_each  = toset(["db", "files"])
  name      = each.key
}

module "main" {
  source = "./kms"
  name   = "main"
}

resource "aws_dynamodb_table" "global" {
  name             = "global"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  replica {
    region_name = "us-west-2"
  }
  replica {
    region_name    = "us-east-1"
    propagate_tags = true
  }
}
