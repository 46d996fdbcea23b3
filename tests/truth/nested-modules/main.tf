terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


module "env" {
  source   = "./modules/env"
  for_each = { dev = 1, prod = 2 }
  name     = each.key
  replicas = each.value
  settings = each.key == "prod" ? { size = "large" } : {}
}

output "queues" {
  value = { for k, m in module.env : k => m.names }
}

resource "aws_ssm_parameter" "names" {
  name  = "/envs"
  type  = "String"
  value = jsonencode({ for k, m in module.env : k => m.names })
}
