terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}
provider "aws" {
  region  = "eu-west-1"
  regoin  = "x"
  profiel = "y"
}
provider "aws" {
  alias  = "a2"
  region = "eu-west-1"
  default_tag {
    tags = { A = "b" }
  }
}
provider "aws" {
  alias  = "a3"
  region = "eu-west-1"
  default_tags = {
    tags = { A = "b" }
  }
}
provider "aws" {
  alias  = "a4"
  region = "eu-west-1"
  assume_role {
    rol_arn = "arn:aws:iam::123456789012:role/x"
  }
}
provider "aws" {
  alias  = "a5"
  region = "eu-west-1"
  default_tags {
    tag = { A = "b" }
  }
  ignore_tags {
    keys       = ["a"]
    key_prefix = ["b"]
  }
}
provider "aws" {
  alias  = "a6"
  region = "eu-west-1"
  endpoints {
    s3  = "http://localhost"
    s33 = "http://localhost"
  }
}
provider "aws" {
  alias                       = "a7"
  skip_credentials_validation = true
  skip_metadata_check         = true
  allowed_account_ids {
    id = "1"
  }
}
provider "aws" {
  alias = "a8"
  assume_role_with_web_identity {
    session = "x"
  }
}
module "m01" {
  source   = "./net"
  vpc_cdir = "10.0.0.0/16"
  subnets  = []
}
module "m02" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
}
module "m03" {
  source = "./net"
}
module "m04" {
  source            = "./net"
  vpc_cidr          = "10.0.0.0/16"
  subnets           = []
  availability_zone = "a"
}
module "m05" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
  subnets  = []
  tags {
    A = "b"
  }
}
module "m06" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
  subnets  = []
  route {
    a = 1
  }
}
module "m07" {
  source    = "./net"
  count     = 0
  vpc_cidr  = "10.0.0.0/16"
  subnet    = []
}
module "m08" {
  source     = "./net"
  for_each   = toset(["a"])
  vpc_cidr   = "10.0.0.0/16"
  subnets    = []
  enabel_nat = true
}
module "m09" {
  source   = "./store"
  settings = { name = "x" }
}
module "m10" {
  source   = "./store"
  anything = null
}
module "m11" {
  source   = "./store"
  anything = null
  settings {
    name = "x"
  }
}
module "m12" {
  source   = "./store"
  anything = 1
  settings = { name = "x" }
  rules {
    port = 1
  }
  rules {
    port = 2
  }
}
module "m13" {
  source   = "./store"
  anything = 1
  setings  = { name = "x" }
}
module "m14" {
  source     = "./net"
  vpc_cidr   = "10.0.0.0/16"
  subnets    = []
  depends_on = []
  name       = null
}
module "m15" {
  source   = "./net"
  vpc_cidr = null
  subnets  = []
}
module "m17" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
  subnets  = []
  dynamic "tags" {
    for_each = [1]
    content {}
  }
}
module "m18" {
  source  = "./net"
  cidr    = "10.0.0.0/16"
  subnets = []
}
module "m20" {
  source = "./store"
  setting = { name = "x" }
  anythng = {}
  rule    = []
}
module "m16" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
  subnets  = []
  Name     = "x"
  nam      = "y"
}
resource "aws_sqs_queue" "q" {
}
resource "aws_sqs_queue" "qa2" {
  provider = aws.a2
}
resource "aws_sqs_queue" "qa3" {
  provider = aws.a3
}
resource "aws_sqs_queue" "qa4" {
  provider = aws.a4
}
resource "aws_sqs_queue" "qa5" {
  provider = aws.a5
}
resource "aws_sqs_queue" "qa6" {
  provider = aws.a6
}
resource "aws_sqs_queue" "qa7" {
  provider = aws.a7
}
resource "aws_sqs_queue" "qa8" {
  provider = aws.a8
}
