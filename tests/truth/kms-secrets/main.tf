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
  region = var.region

  default_tags {
    tags = {
      Project   = var.project
      ManagedBy = "terraform"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "project" {
  type    = string
  default = "orchid"
}


variable "secrets" {
  type = map(object({
    description = optional(string, "managed by terraform")
    value       = optional(map(string))
    recovery    = optional(number, 7)
  }))
  default = {
    "app/db"    = { value = { user = "app", pass = "s3cr3t" } }
    "app/empty" = { description = "set by hand", recovery = 30 }
  }
}

data "aws_caller_identity" "me" {}

resource "aws_kms_key" "k" {
  description             = "secrets"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  multi_region            = false
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Admin"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Via"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      }
    ]
  })
}

resource "aws_kms_alias" "k" {
  name          = "alias/${var.project}-secrets"
  target_key_id = aws_kms_key.k.id
}

resource "aws_secretsmanager_secret" "s" {
  for_each                = var.secrets
  name                    = each.key
  description             = each.value.description
  kms_key_id              = aws_kms_key.k.arn
  recovery_window_in_days = each.value.recovery
}

resource "aws_secretsmanager_secret_version" "s" {
  for_each      = { for k, v in var.secrets : k => v if v.value != null }
  secret_id     = aws_secretsmanager_secret.s[each.key].id
  secret_string = jsonencode(each.value.value)
}

resource "aws_secretsmanager_secret_policy" "s" {
  secret_arn = aws_secretsmanager_secret.s["app/db"].arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    Version = "2012-10-17"
  })
}

resource "aws_ssm_parameter" "arn" {
  for_each = aws_secretsmanager_secret.s
  name     = "/${var.project}/${each.key}/arn"
  type     = "String"
  value    = each.value.arn
}

resource "aws_ssm_parameter" "plain" {
  name        = "/${var.project}/flags"
  type        = "StringList"
  value       = join(",", sort(["b", "a", "c"]))
  tier        = "Standard"
  description = "flags"
}

resource "aws_ssm_parameter" "secure" {
  name   = "/${var.project}/token"
  type   = "SecureString"
  value  = "abc"
  key_id = aws_kms_key.k.key_id
}
