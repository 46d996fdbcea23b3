variable "key" { type = string }

resource "aws_kinesis_stream" "nothing" { # fail: records are stored without a key
  name        = "orders"
  shard_count = 1
}

resource "aws_kinesis_stream" "good" { # pass
  name            = "orders"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.own.arn
}

resource "aws_kinesis_stream" "open" { # unknown
  name            = "orders"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = var.key
}

resource "aws_kms_key" "own" {
}
