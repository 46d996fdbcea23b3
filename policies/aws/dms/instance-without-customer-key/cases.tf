variable "key" { type = string }

resource "aws_dms_replication_instance" "nothing" { # fail: the replication instance is encrypted wi
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
}

resource "aws_dms_replication_instance" "good1" { # pass
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  kms_key_arn                = aws_kms_key.own.arn
}

resource "aws_dms_replication_instance" "good2" { # pass
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  kms_key_arn                = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_dms_replication_instance" "open" { # unknown
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  kms_key_arn                = var.key
}

resource "aws_kms_key" "own" {
}
