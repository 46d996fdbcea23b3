variable "key" { type = string }

resource "aws_redshiftserverless_namespace" "nothing" { # fail: the namespace is encrypted with a key th
  namespace_name = "reports"
}

resource "aws_redshiftserverless_namespace" "good1" { # pass
  namespace_name = "reports"
  kms_key_id     = aws_kms_key.own.arn
}

resource "aws_redshiftserverless_namespace" "good2" { # pass
  namespace_name = "reports"
  kms_key_id     = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_redshiftserverless_namespace" "open" { # unknown
  namespace_name = "reports"
  kms_key_id     = var.key
}

resource "aws_kms_key" "own" {
}
