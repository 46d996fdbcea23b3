provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { Owner = "core" }
  }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
  default_tags { tags = { Owner = "core" } }
}
module "net" {
  source   = "./net"
  vpc_cidr = "10.0.0.0/16"
  tags = {
    A = "b" # why
  }
  rules = [{
    port = 1
    }, {
    port = 2
  }]
}
resource "aws_sns_topic" "t" {
  provider = aws.us
  name     = "x"
}
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    Owner = "x"
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "e" {
  bucket = "b"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/x/1111111111111111"
  port              = 80
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
resource "aws_instance" "i" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options { http_tokens = "required" }
  root_block_device {
    encrypted   = true
    volume_size = 10
  }
}
