variable "text" { type = string }

resource "aws_kinesis_stream" "nothing" { # fail: records are stored in plain form
  name        = "orders"
  shard_count = 1
}

resource "aws_kinesis_stream" "bad" { # fail
  name            = "orders"
  shard_count     = 1
  encryption_type = "NONE"
}

resource "aws_kinesis_stream" "good" { # pass
  name            = "orders"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}

resource "aws_kinesis_stream" "open" { # unknown
  name            = "orders"
  shard_count     = 1
  encryption_type = var.text
  kms_key_id      = "alias/aws/kinesis"
}
