terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

data "aws_iam_policy_document" "d01" {

}

data "aws_iam_policy_document" "d02" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d03" {
  version = "2008-10-17"
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d04" {
  policy_id = "id"
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d05" {
  statement {
    sid       = "S"
    actions   = ["a:c", "a:a", "a:b", "a:a"]
    resources = ["r2", "r1", "r10"]
  }
}

data "aws_iam_policy_document" "d06" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:*", "sts:*"]
    resources   = ["*"]
  }
}

data "aws_iam_policy_document" "d07" {
  statement {
    actions       = ["s3:*"]
    not_resources = ["b", "a"]
  }
}

data "aws_iam_policy_document" "d08" {
  statement {
    actions   = ["s3:*"]
    resources = []
  }
}

data "aws_iam_policy_document" "d09" {
  statement {
    actions = ["s3:*"]
  }
}

data "aws_iam_policy_document" "d10" {
  statement {}
}

data "aws_iam_policy_document" "d11" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "d12" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "d13" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["111122223333"]
    }
  }
}

data "aws_iam_policy_document" "d14" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["b.amazonaws.com", "a.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "d15" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "Federated"
      identifiers = ["x"]
    }
  }
}

data "aws_iam_policy_document" "d16" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    principals {
      type        = "CanonicalUser"
      identifiers = ["y"]
    }
  }
}

data "aws_iam_policy_document" "d17" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["b.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["222222222222", "111111111111"]
    }
    principals {
      type        = "Service"
      identifiers = ["a.com", "c.com"]
    }
  }
}

data "aws_iam_policy_document" "d18" {
  statement {
    actions = ["s3:*"]
    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root"]
    }
  }
}

data "aws_iam_policy_document" "d19" {
  statement {
    actions = ["s3:*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    principals {
      type        = "AWS"
      identifiers = ["1"]
    }
  }
}

data "aws_iam_policy_document" "d20" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:x"
      values   = ["b", "a"]
    }
  }
}

data "aws_iam_policy_document" "d21" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = [""]
    }
  }
}

data "aws_iam_policy_document" "d22" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["", "home/"]
    }
  }
}

data "aws_iam_policy_document" "d23" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
}

data "aws_iam_policy_document" "d24" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "NumericLessThan"
      variable = "s3:max-keys"
      values   = [10, 9.5]
    }
  }
}

data "aws_iam_policy_document" "d25" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "b"
      values   = ["1"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["2"]
    }
    condition {
      test     = "StringLike"
      variable = "c"
      values   = ["3"]
    }
  }
}

data "aws_iam_policy_document" "d26" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["1", "2"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["3"]
    }
  }
}

data "aws_iam_policy_document" "d27" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["1"]
    }
    condition {
      test     = "StringEquals"
      variable = "a"
      values   = ["3"]
    }
  }
}

data "aws_iam_policy_document" "d28" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "ForAnyValue:StringLike"
      variable = "aws:TagKeys"
      values   = ["Owner*"]
    }
    condition {
      test     = "Null"
      variable = "aws:TagKeys"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "d29" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["10.0.0.0/8", "192.168.0.0/16"]
    }
    condition {
      test     = "DateGreaterThan"
      variable = "aws:CurrentTime"
      values   = ["2026-01-01T00:00:00Z"]
    }
  }
}

data "aws_iam_policy_document" "d30" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::&{aws:username}", "arn:aws:s3:::<b>&\"é"]
  }
}

data "aws_iam_policy_document" "d31" {
  statement {
    sid       = "A"
    actions   = ["a:1"]
    resources = ["*"]
  }
  statement {
    actions   = ["b:1"]
    resources = ["*"]
  }
  statement {
    sid       = ""
    actions   = ["c:1"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d32" {
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Action = "x:1", Resource = "*" }, { Effect = "Allow", Action = ["y:2", "y:1"], Resource = ["b", "a"] }] })]
}

data "aws_iam_policy_document" "d33" {
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Action = "x:1", Resource = "*" }, { Effect = "Allow", Action = ["y:2", "y:1"], Resource = ["b", "a"] }] })]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d34" {
  override_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Deny", Action = ["o:1"], Resource = "*" }, { Sid = "N", Effect = "Allow", Action = "n:1", Resource = "*" }] })]
  statement {
    sid       = "A"
    actions   = ["z:1"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d35" {
  source_policy_documents   = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Action = "x:1", Resource = "*" }, { Effect = "Allow", Action = ["y:2", "y:1"], Resource = ["b", "a"] }] })]
  override_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Deny", Action = ["o:1"], Resource = "*" }, { Sid = "N", Effect = "Allow", Action = "n:1", Resource = "*" }] })]
}

data "aws_iam_policy_document" "d36" {
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "A", Effect = "Allow", Action = "x:1", Resource = "*" }, { Effect = "Allow", Action = ["y:2", "y:1"], Resource = ["b", "a"] }] }), jsonencode({ Version = "2008-10-17", Id = "i", Statement = [{ Sid = "B", Effect = "Allow", NotAction = ["q:1"], NotResource = "r", Principal = "*" }] })]
}

data "aws_iam_policy_document" "d37" {
  source_policy_documents = [jsonencode({ Statement = [{ Sid = "P", Effect = "Allow", Action = "s:1", Principal = { AWS = ["2", "1"], Service = "x.com" }, Condition = { StringEquals = { a = "1", b = ["3", "2"] }, Bool = { c = "true" } } }] })]
}

data "aws_iam_policy_document" "d38" {
  source_policy_documents = [data.aws_iam_policy_document.d05.json, data.aws_iam_policy_document.d20.json]
}

data "aws_iam_policy_document" "d39" {
  override_policy_documents = [data.aws_iam_policy_document.d05.json]
  source_policy_documents   = [data.aws_iam_policy_document.d34.json]
}

data "aws_iam_policy_document" "d40" {
  dynamic "statement" {
    for_each = { One = "a:1", Two = "b:2" }
    content {
      sid       = statement.key
      actions   = [statement.value]
      resources = ["arn:${statement.key}"]
    }
  }
}

data "aws_iam_policy_document" "d41" {
  statement {
    actions   = ["s3:*"]
    resources = [for n in ["b", "a"] : "arn:aws:s3:::${n}"]
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::*:role/b", "arn:aws:iam::*:role/a"]
    }
  }
}

data "aws_iam_policy_document" "d42" {
  source_policy_documents = ["", jsonencode({ Statement = [] })]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "d43" {
  version = "2012-10-17"
  statement {
    effect    = "Allow"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/x"]
    }
  }
}

output "documents" {
  value = {
    d01 = [data.aws_iam_policy_document.d01.json, data.aws_iam_policy_document.d01.minified_json, data.aws_iam_policy_document.d01.id]
    d02 = [data.aws_iam_policy_document.d02.json, data.aws_iam_policy_document.d02.minified_json, data.aws_iam_policy_document.d02.id]
    d03 = [data.aws_iam_policy_document.d03.json, data.aws_iam_policy_document.d03.minified_json, data.aws_iam_policy_document.d03.id]
    d04 = [data.aws_iam_policy_document.d04.json, data.aws_iam_policy_document.d04.minified_json, data.aws_iam_policy_document.d04.id]
    d05 = [data.aws_iam_policy_document.d05.json, data.aws_iam_policy_document.d05.minified_json, data.aws_iam_policy_document.d05.id]
    d06 = [data.aws_iam_policy_document.d06.json, data.aws_iam_policy_document.d06.minified_json, data.aws_iam_policy_document.d06.id]
    d07 = [data.aws_iam_policy_document.d07.json, data.aws_iam_policy_document.d07.minified_json, data.aws_iam_policy_document.d07.id]
    d08 = [data.aws_iam_policy_document.d08.json, data.aws_iam_policy_document.d08.minified_json, data.aws_iam_policy_document.d08.id]
    d09 = [data.aws_iam_policy_document.d09.json, data.aws_iam_policy_document.d09.minified_json, data.aws_iam_policy_document.d09.id]
    d10 = [data.aws_iam_policy_document.d10.json, data.aws_iam_policy_document.d10.minified_json, data.aws_iam_policy_document.d10.id]
    d11 = [data.aws_iam_policy_document.d11.json, data.aws_iam_policy_document.d11.minified_json, data.aws_iam_policy_document.d11.id]
    d12 = [data.aws_iam_policy_document.d12.json, data.aws_iam_policy_document.d12.minified_json, data.aws_iam_policy_document.d12.id]
    d13 = [data.aws_iam_policy_document.d13.json, data.aws_iam_policy_document.d13.minified_json, data.aws_iam_policy_document.d13.id]
    d14 = [data.aws_iam_policy_document.d14.json, data.aws_iam_policy_document.d14.minified_json, data.aws_iam_policy_document.d14.id]
    d15 = [data.aws_iam_policy_document.d15.json, data.aws_iam_policy_document.d15.minified_json, data.aws_iam_policy_document.d15.id]
    d16 = [data.aws_iam_policy_document.d16.json, data.aws_iam_policy_document.d16.minified_json, data.aws_iam_policy_document.d16.id]
    d17 = [data.aws_iam_policy_document.d17.json, data.aws_iam_policy_document.d17.minified_json, data.aws_iam_policy_document.d17.id]
    d18 = [data.aws_iam_policy_document.d18.json, data.aws_iam_policy_document.d18.minified_json, data.aws_iam_policy_document.d18.id]
    d19 = [data.aws_iam_policy_document.d19.json, data.aws_iam_policy_document.d19.minified_json, data.aws_iam_policy_document.d19.id]
    d20 = [data.aws_iam_policy_document.d20.json, data.aws_iam_policy_document.d20.minified_json, data.aws_iam_policy_document.d20.id]
    d21 = [data.aws_iam_policy_document.d21.json, data.aws_iam_policy_document.d21.minified_json, data.aws_iam_policy_document.d21.id]
    d22 = [data.aws_iam_policy_document.d22.json, data.aws_iam_policy_document.d22.minified_json, data.aws_iam_policy_document.d22.id]
    d23 = [data.aws_iam_policy_document.d23.json, data.aws_iam_policy_document.d23.minified_json, data.aws_iam_policy_document.d23.id]
    d24 = [data.aws_iam_policy_document.d24.json, data.aws_iam_policy_document.d24.minified_json, data.aws_iam_policy_document.d24.id]
    d25 = [data.aws_iam_policy_document.d25.json, data.aws_iam_policy_document.d25.minified_json, data.aws_iam_policy_document.d25.id]
    d26 = [data.aws_iam_policy_document.d26.json, data.aws_iam_policy_document.d26.minified_json, data.aws_iam_policy_document.d26.id]
    d27 = [data.aws_iam_policy_document.d27.json, data.aws_iam_policy_document.d27.minified_json, data.aws_iam_policy_document.d27.id]
    d28 = [data.aws_iam_policy_document.d28.json, data.aws_iam_policy_document.d28.minified_json, data.aws_iam_policy_document.d28.id]
    d29 = [data.aws_iam_policy_document.d29.json, data.aws_iam_policy_document.d29.minified_json, data.aws_iam_policy_document.d29.id]
    d30 = [data.aws_iam_policy_document.d30.json, data.aws_iam_policy_document.d30.minified_json, data.aws_iam_policy_document.d30.id]
    d31 = [data.aws_iam_policy_document.d31.json, data.aws_iam_policy_document.d31.minified_json, data.aws_iam_policy_document.d31.id]
    d32 = [data.aws_iam_policy_document.d32.json, data.aws_iam_policy_document.d32.minified_json, data.aws_iam_policy_document.d32.id]
    d33 = [data.aws_iam_policy_document.d33.json, data.aws_iam_policy_document.d33.minified_json, data.aws_iam_policy_document.d33.id]
    d34 = [data.aws_iam_policy_document.d34.json, data.aws_iam_policy_document.d34.minified_json, data.aws_iam_policy_document.d34.id]
    d35 = [data.aws_iam_policy_document.d35.json, data.aws_iam_policy_document.d35.minified_json, data.aws_iam_policy_document.d35.id]
    d36 = [data.aws_iam_policy_document.d36.json, data.aws_iam_policy_document.d36.minified_json, data.aws_iam_policy_document.d36.id]
    d37 = [data.aws_iam_policy_document.d37.json, data.aws_iam_policy_document.d37.minified_json, data.aws_iam_policy_document.d37.id]
    d38 = [data.aws_iam_policy_document.d38.json, data.aws_iam_policy_document.d38.minified_json, data.aws_iam_policy_document.d38.id]
    d39 = [data.aws_iam_policy_document.d39.json, data.aws_iam_policy_document.d39.minified_json, data.aws_iam_policy_document.d39.id]
    d40 = [data.aws_iam_policy_document.d40.json, data.aws_iam_policy_document.d40.minified_json, data.aws_iam_policy_document.d40.id]
    d41 = [data.aws_iam_policy_document.d41.json, data.aws_iam_policy_document.d41.minified_json, data.aws_iam_policy_document.d41.id]
    d42 = [data.aws_iam_policy_document.d42.json, data.aws_iam_policy_document.d42.minified_json, data.aws_iam_policy_document.d42.id]
    d43 = [data.aws_iam_policy_document.d43.json, data.aws_iam_policy_document.d43.minified_json, data.aws_iam_policy_document.d43.id]
  }
}
