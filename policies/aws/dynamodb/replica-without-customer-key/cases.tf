variable "key" { type = string }

resource "aws_dynamodb_table_replica" "nothing" { # fail: the replica is encrypted with a key that
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
}

resource "aws_dynamodb_table_replica" "good1" { # pass
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  kms_key_arn      = aws_kms_key.own.arn
}

resource "aws_dynamodb_table_replica" "good2" { # pass
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  kms_key_arn      = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_dynamodb_table_replica" "open" { # unknown
  global_table_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  kms_key_arn      = var.key
}

resource "aws_kms_key" "own" {
}
