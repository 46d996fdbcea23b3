variable "encrypt" { type = bool }
variable "key" { type = string }
variable "sse" { type = list(object({ key = string })) }

resource "aws_kms_key" "t" {
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "nothing" { # fail: there is no `server_side_encryption` block: the table is encrypted with a key that AWS owns
  name     = "a"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "off" {
  name     = "b"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = false # fail: `server_side_encryption.enabled` is false
  }
}

resource "aws_dynamodb_table" "aws_key" { # fail: `server_side_encryption.kms_key_arn` is not set: the table is encrypted with the key that AWS manages
  name     = "c"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table" "own_key" { # pass
  name     = "d"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.t.arn
  }
}

resource "aws_dynamodb_table" "open" {
  name     = "e"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = var.encrypt # unknown: whether a customer-managed key is used can't be decided
    kms_key_arn = aws_kms_key.t.arn
  }
}

resource "aws_dynamodb_table" "open_key" {
  name     = "f"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key # unknown
  }
}

resource "aws_dynamodb_table" "blocks" { # unknown
  name     = "g"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
  dynamic "server_side_encryption" {
    for_each = var.sse
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value.key
    }
  }
}
