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


variable "teams" {
  type = map(object({ members = list(string), admin = optional(bool, false) }))
  default = {
    ops = { members = ["ann", "bob"], admin = true }
    dev = { members = ["cid", "ann"] }
  }
}

locals {
  people = toset(flatten([for t in var.teams : t.members]))
}

resource "aws_iam_user" "u" {
  for_each      = local.people
  name          = each.value
  path          = "/people/"
  force_destroy = true
}

resource "aws_iam_group" "g" {
  for_each = var.teams
  name     = each.key
}

resource "aws_iam_group_membership" "m" {
  for_each = var.teams
  name     = "${each.key}-members"
  group    = aws_iam_group.g[each.key].name
  users    = [for u in each.value.members : aws_iam_user.u[u].name]
}

data "aws_iam_policy_document" "base" {
  statement {
    sid         = "Mfa"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = [false]
    }
  }
}

data "aws_iam_policy_document" "dev" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Read"
    actions   = ["s3:List*", "s3:Get*"]
    resources = ["arn:aws:s3:::dev-$${aws:username}", "arn:aws:s3:::dev-&{aws:username}/*"]
  }
}

resource "aws_iam_policy" "dev" {
  name_prefix = "dev-"
  description = "developers"
  policy      = data.aws_iam_policy_document.dev.json
}

resource "aws_iam_group_policy_attachment" "dev" {
  for_each   = { for k, t in var.teams : k => t if !t.admin }
  group      = aws_iam_group.g[each.key].name
  policy_arn = aws_iam_policy.dev.arn
}

resource "aws_iam_group_policy_attachment" "admin" {
  for_each   = { for k, t in var.teams : k => t if t.admin }
  group      = aws_iam_group.g[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_account_password_policy" "p" {
  minimum_password_length        = 16
  require_lowercase_characters   = true
  require_numbers                = true
  require_uppercase_characters   = true
  require_symbols                = true
  allow_users_to_change_password = true
  max_password_age               = 90
}

resource "aws_iam_openid_connect_provider" "gh" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_role" "gh" {
  name                 = "deploy"
  max_session_duration = 7200
  assume_role_policy = jsonencode({
    Version = "2012-10-17",
    Statement = [{
      Effect    = "Allow",
      Action    = "sts:AssumeRoleWithWebIdentity",
      Principal = { Federated = aws_iam_openid_connect_provider.gh.arn },
      Condition = {
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:example/*:ref:refs/heads/main" },
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "gh" {
  name = "deploy"
  role = aws_iam_role.gh.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ecr:*"], Resource = "*" }]
  })
}

resource "aws_iam_instance_profile" "gh" {
  role = aws_iam_role.gh.name
}

resource "aws_iam_service_linked_role" "es" {
  aws_service_name = "opensearchservice.amazonaws.com"
}
