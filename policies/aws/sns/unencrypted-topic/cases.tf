variable "key" { type = string }

resource "aws_kms_key" "t" {
  enable_key_rotation = true
}

resource "aws_sns_topic" "nothing" { # fail: `kms_master_key_id` is not set: messages of this topic are not encrypted with a key of KMS
  name = "a"
}

resource "aws_sns_topic" "reference" { # pass
  name              = "b"
  kms_master_key_id = aws_kms_key.t.id
}

resource "aws_sns_topic" "alias" { # pass
  name              = "c"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "open" { # unknown: whether messages are encrypted can't be decided
  name              = "d"
  kms_master_key_id = var.key
}
