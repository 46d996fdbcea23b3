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


variable "buckets" {
  type = map(object({
    versioned = optional(bool, true)
    lifecycle = optional(list(object({ prefix = optional(string, ""), days = number, class = optional(string) })), [])
    cors      = optional(list(string), [])
  }))
  default = {
    assets = { cors = ["https://a.example", "https://b.example"] }
    logs   = { versioned = false, lifecycle = [{ days = 90 }, { prefix = "tmp/", days = 7 }] }
    arch   = { lifecycle = [{ days = 30, class = "GLACIER" }] }
  }
}

data "aws_caller_identity" "c" {}

resource "aws_s3_bucket" "b" {
  for_each = var.buckets
  bucket   = "acme-${each.key}-${data.aws_caller_identity.c.account_id}"
  tags     = { Name = each.key }
}

resource "aws_s3_bucket_versioning" "b" {
  for_each = var.buckets
  bucket   = aws_s3_bucket.b[each.key].id
  versioning_configuration {
    status = each.value.versioned ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "b" {
  for_each = { for k, v in var.buckets : k => v.lifecycle if length(v.lifecycle) > 0 }
  bucket   = aws_s3_bucket.b[each.key].id
  dynamic "rule" {
    for_each = each.value
    iterator = r
    content {
      id     = "rule-${r.key}"
      status = "Enabled"
      filter {
        prefix = r.value.prefix
      }
      dynamic "expiration" {
        for_each = r.value.class == null ? [1] : []
        content {
          days = r.value.days
        }
      }
      dynamic "transition" {
        for_each = r.value.class == null ? [] : [r.value.class]
        content {
          days          = r.value.days
          storage_class = transition.value
        }
      }
      noncurrent_version_expiration {
        noncurrent_days = 30
      }
    }
  }
}

resource "aws_s3_bucket_cors_configuration" "b" {
  for_each = { for k, v in var.buckets : k => v.cors if v.cors != [] && length(v.cors) > 0 }
  bucket   = aws_s3_bucket.b[each.key].id
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = each.value
    max_age_seconds = 3000
  }
}

resource "aws_s3_bucket_ownership_controls" "b" {
  bucket = aws_s3_bucket.b["logs"].id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "logs" {
  depends_on = [aws_s3_bucket_ownership_controls.b]
  bucket     = aws_s3_bucket.b["logs"].id
  acl        = "log-delivery-write"
}

resource "aws_s3_bucket_logging" "b" {
  bucket        = aws_s3_bucket.b["assets"].id
  target_bucket = aws_s3_bucket.b["logs"].id
  target_prefix = "assets/"
}

resource "aws_s3_bucket_notification" "b" {
  bucket = aws_s3_bucket.b["assets"].id
  queue {
    queue_arn     = "arn:aws:sqs:us-east-1:123456789012:uploads"
    events        = ["s3:ObjectCreated:*"]
    filter_suffix = ".png"
  }
}

resource "aws_s3_object" "index" {
  bucket       = aws_s3_bucket.b["assets"].id
  key          = "index.html"
  content      = "<h1>hello</h1>"
  content_type = "text/html"
}

data "aws_iam_policy_document" "tls" {
  for_each = aws_s3_bucket.b
  statement {
    sid     = "TlsOnly"
    effect  = "Deny"
    actions = ["s3:*"]
    resources = [
      each.value.arn,
      "${each.value.arn}/*",
    ]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "tls" {
  for_each = data.aws_iam_policy_document.tls
  bucket   = aws_s3_bucket.b[each.key].id
  policy   = each.value.json
}

resource "aws_s3_bucket_website_configuration" "w" {
  bucket = aws_s3_bucket.b["assets"].id
  index_document {
    suffix = "index.html"
  }
  error_document {
    key = "404.html"
  }
}
