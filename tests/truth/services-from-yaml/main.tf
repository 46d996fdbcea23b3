terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 6.0"
    }
  }
}
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { Owner = "core" }
  }
}
provider "aws" {
  alias  = "dr"
  region = "eu-central-1"
}
locals {
  raw = yamldecode(file("${path.module}/services.yaml"))
  services = {
    for s in local.raw.services : s.name => merge(local.raw.defaults, s, {
      queues = [for q in try(s.queues, []) : { name = try(q.name, q), fifo = try(q.fifo, false) }]
    })
  }
  by_tier = { for n, s in local.services : s.tier => n... }
}
module "service" {
  source   = "./modules/service"
  for_each = local.services

  name     = each.key
  settings = { for k, v in each.value : k => v if !contains(["name", "queues"], k) }
  queues   = each.value.queues
}
module "buckets" {
  source = "./modules/bucket"
  count  = length(local.by_tier)

  name = "acme-${keys(local.by_tier)[count.index]}"
  providers = {
    aws         = aws
    aws.replica = aws.dr
  }
}
resource "aws_cloudwatch_dashboard" "all" {
  dashboard_name = "all"
  dashboard_body = jsonencode({
    widgets = flatten([
      for n, s in module.service : [
        for q in s.queue_names : { type = "metric", properties = { title = "${n}: ${q}" } }
      ]
    ])
  })
}
resource "aws_s3_bucket_object_lock_configuration" "lock" {
  for_each = { for i, b in module.buckets : b.name => b.id }
  bucket   = each.value
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 5
    }
  }
}
moved {
  from = module.bucket
  to   = module.buckets[0]
}
check "tiers" {
  assert {
    condition     = alltrue([for t in keys(local.by_tier) : contains(["gold", "silver"], t)])
    error_message = "unknown tier"
  }
}
removed {
  from = aws_sqs_queue.gone
  lifecycle {
    destroy = false
  }
}
output "tiers" {
  value = local.by_tier
}
output "roles" {
  value = { for n, s in module.service : n => s.role_name }
}
