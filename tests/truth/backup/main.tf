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


variable "rules" {
  type = list(object({
    name     = string
    schedule = string
    keep     = number
    cold     = optional(number)
  }))
  default = [
    { name = "daily", schedule = "cron(0 5 * * ? *)", keep = 35 },
    { name = "monthly", schedule = "cron(0 6 1 * ? *)", keep = 365, cold = 30 },
  ]
}

resource "aws_kms_key" "vault" {
  description = "backups of ${title(var.project)}"
  policy      = data.aws_iam_policy_document.kms.json
}

data "aws_caller_identity" "c" {}

data "aws_iam_policy_document" "kms" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.c.account_id}:root"]
    }
  }
}

resource "aws_kms_alias" "vault" {
  name          = "alias/${var.project}/backup"
  target_key_id = aws_kms_key.vault.key_id
}

resource "aws_backup_vault" "main" {
  name        = var.project
  kms_key_arn = aws_kms_key.vault.arn
}

resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name   = aws_backup_vault.main.name
  min_retention_days  = 7
  max_retention_days  = 400
  changeable_for_days = 3
}

resource "aws_backup_plan" "main" {
  name = var.project
  dynamic "rule" {
    for_each = var.rules
    content {
      rule_name         = rule.value.name
      target_vault_name = aws_backup_vault.main.name
      schedule          = rule.value.schedule
      start_window      = 60
      lifecycle {
        delete_after       = rule.value.keep
        cold_storage_after = rule.value.cold
      }
    }
  }
  advanced_backup_setting {
    resource_type  = "EC2"
    backup_options = { WindowsVSS = "enabled" }
  }
}

resource "aws_backup_selection" "tagged" {
  name         = "tagged"
  plan_id      = aws_backup_plan.main.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "true"
  }
}
