terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


variable "domain" {
  type    = string
  default = "Example.ORG"
}

variable "records" {
  type = list(object({
    name    = string
    type    = string
    ttl     = optional(number, 300)
    records = list(string)
  }))
  default = [
    { name = "", type = "MX", records = ["10 mail.example.org", "20 backup.example.org"] },
    { name = "_dmarc", type = "TXT", ttl = 3600, records = ["v=DMARC1; p=none"] },
    { name = "www", type = "CNAME", records = ["example.org"] },
  ]
}

resource "aws_route53_zone" "main" {
  name          = lower(var.domain)
  comment       = "public zone"
  force_destroy = false
}

resource "aws_route53_zone" "internal" {
  name = "internal.${lower(var.domain)}"
  vpc {
    vpc_id = "vpc-12345678"
  }
}

resource "aws_route53_record" "this" {
  for_each = { for r in var.records : "${r.name}/${r.type}" => r }
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.value.name == "" ? lower(var.domain) : "${each.value.name}.${lower(var.domain)}"
  type     = each.value.type
  ttl      = each.value.ttl
  records  = each.value.records
}

resource "aws_acm_certificate" "wild" {
  domain_name               = lower(var.domain)
  subject_alternative_names = ["*.${lower(var.domain)}"]
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = {
    for o in aws_acm_certificate.wild.domain_validation_options : o.domain_name => {
      name   = o.resource_record_name
      record = o.resource_record_value
      type   = o.resource_record_type
    }
  }
  allow_overwrite = true
  zone_id         = aws_route53_zone.main.zone_id
  name            = each.value.name
  type            = each.value.type
  records         = [each.value.record]
  ttl             = 60
}

resource "aws_acm_certificate_validation" "wild" {
  certificate_arn         = aws_acm_certificate.wild.arn
  validation_record_fqdns = [for r in aws_route53_record.validation : r.fqdn]
}

resource "aws_route53_health_check" "www" {
  fqdn              = "www.${lower(var.domain)}"
  port              = 443
  type              = "HTTPS"
  resource_path     = "/health"
  failure_threshold = 3
  request_interval  = 30
}

resource "aws_route53_record" "failover" {
  count           = 2
  zone_id         = aws_route53_zone.main.zone_id
  name            = "app"
  type            = "A"
  set_identifier  = count.index == 0 ? "primary" : "secondary"
  health_check_id = count.index == 0 ? aws_route53_health_check.www.id : null
  failover_routing_policy {
    type = count.index == 0 ? "PRIMARY" : "SECONDARY"
  }
  alias {
    name                   = "d111111abcdef8.cloudfront.net"
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}
