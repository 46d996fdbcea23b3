# Data sources that Terraform reads while it plans, and those that it leaves to apply.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

locals {
  actions = ["s3:GetObject"]
}

resource "aws_s3_bucket" "changes" {
  bucket = "orchid-changes"
}

resource "aws_s3_bucket" "absent" {
  count  = 0
  bucket = "orchid-absent"
}

resource "aws_s3_bucket" "absent_behind" {
  count         = 0
  bucket_prefix = aws_s3_bucket.changes.bucket
}

data "aws_iam_policy_document" "direct" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
  depends_on = [aws_s3_bucket.changes]
}

data "aws_iam_policy_document" "through_data" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
  depends_on = [data.aws_iam_policy_document.direct]
}

data "aws_iam_policy_document" "through_reference" {
  source_policy_documents = [data.aws_iam_policy_document.direct.json]
}

data "aws_iam_policy_document" "nothing_changes" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
  depends_on = [aws_s3_bucket.absent, data.aws_region.now]
}

data "aws_iam_policy_document" "behind_nothing" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
  depends_on = [aws_s3_bucket.absent_behind]
}

data "aws_iam_policy_document" "of_a_module" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
  depends_on = [module.free]
}

data "aws_iam_policy_document" "condition" {
  statement {
    actions   = local.actions
    resources = ["arn:aws:s3:::${aws_s3_bucket.changes.bucket}/*"]
  }
  lifecycle {
    precondition {
      condition     = aws_s3_bucket.changes.bucket != ""
      error_message = "The bucket needs a name."
    }
  }
}

data "aws_iam_policy_document" "no_condition" {
  statement {
    actions   = local.actions
    resources = ["arn:aws:s3:::${aws_s3_bucket.changes.bucket}/*"]
  }
}

data "aws_region" "now" {}

module "free" {
  source = "./m"
  name   = "free"
}

module "waits" {
  source     = "./m"
  name       = "waits"
  depends_on = [module.free]
}

module "each_waits" {
  source     = "./m"
  for_each   = toset(["a", "b"])
  name       = each.key
  depends_on = [aws_s3_bucket.changes]
}

module "waits_for_nothing" {
  source     = "./m"
  name       = "nothing"
  depends_on = [data.aws_region.now, aws_s3_bucket.absent]
}

resource "aws_iam_policy" "p" {
  for_each = {
    direct            = data.aws_iam_policy_document.direct.json
    through_data      = data.aws_iam_policy_document.through_data.json
    through_reference = data.aws_iam_policy_document.through_reference.json
    nothing_changes   = data.aws_iam_policy_document.nothing_changes.json
    behind_nothing    = data.aws_iam_policy_document.behind_nothing.json
    of_a_module       = data.aws_iam_policy_document.of_a_module.json
    condition         = data.aws_iam_policy_document.condition.json
    no_condition      = data.aws_iam_policy_document.no_condition.json
  }
  name   = each.key
  policy = each.value
}

resource "aws_sqs_queue" "named" {
  for_each = {
    waits   = module.waits.region
    free    = module.free.region
    nothing = module.waits_for_nothing.region
  }
  name = "queue-${each.value}"
}
