variable "key" { type = string }

resource "aws_opensearch_domain" "nothing" { # fail: the domain is encrypted with the key tha
  domain_name = "logs"
}

resource "aws_opensearch_domain" "good1" { # pass
  domain_name = "logs"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.own.arn
  }
}

resource "aws_opensearch_domain" "good2" { # pass
  domain_name = "logs"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_opensearch_domain" "open" { # unknown
  domain_name = "logs"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.key
  }
}

resource "aws_elasticsearch_domain" "nothing" { # fail
  domain_name = "logs"
}

resource "aws_elasticsearch_domain" "good" { # pass
  domain_name = "logs"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.own.arn
  }
}

resource "aws_kms_key" "own" {
}
