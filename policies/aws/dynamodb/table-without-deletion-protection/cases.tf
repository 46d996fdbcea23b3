variable "on" { type = bool }

resource "aws_dynamodb_table" "nothing" { # fail: one wrong command deletes this table
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "bad" { # fail
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
  deletion_protection_enabled = false
}

resource "aws_dynamodb_table" "good" { # pass
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
  deletion_protection_enabled = true
}

resource "aws_dynamodb_table" "open" { # unknown
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
  deletion_protection_enabled = var.on
}
