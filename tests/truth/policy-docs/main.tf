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


data "aws_iam_policy_document" "a" {
  policy_id = "A"
  statement {
    sid           = "One"
    effect        = "Deny"
    not_actions   = ["b:*", "a:*"]
    not_resources = ["z", "y"]
    not_principals {
      type        = "AWS"
      identifiers = ["222222222222", "111111111111"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["b", "a", ""]
    }
    condition {
      test     = "StringLike"
      variable = "aws:x"
      values   = ["q"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:max-keys"
      values   = [10]
    }
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
    principals {
      type        = "Federated"
      identifiers = ["cognito-identity.amazonaws.com"]
    }
    principals {
      type        = "Service"
      identifiers = ["b.amazonaws.com", "a.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "b" {
  version                   = "2008-10-17"
  source_policy_documents   = [data.aws_iam_policy_document.a.json, jsonencode({ Statement = [{ Sid = "Two", Effect = "Allow", Action = "x:y", Resource = ["r1"] }] })]
  override_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "One", Effect = "Allow", Action = ["o:1", "o:2"], Resource = "*" }] })]
  statement {
    sid       = "Three"
    actions   = ["t:1"]
    resources = []
  }
}

resource "aws_iam_policy" "a" {
  name   = "a"
  policy = data.aws_iam_policy_document.a.json
}

resource "aws_iam_policy" "b" {
  name   = "b"
  policy = data.aws_iam_policy_document.b.json
}

resource "aws_iam_policy" "min" {
  name   = "min"
  policy = data.aws_iam_policy_document.b.minified_json
}
