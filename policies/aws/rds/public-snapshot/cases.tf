variable "accounts" { type = list(string) }

resource "aws_db_snapshot" "nothing" { # pass
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-move"
}

resource "aws_db_snapshot" "bad" { # fail
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-move"
  shared_accounts        = ["all"]
}

resource "aws_db_snapshot" "good" { # pass
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-move"
  shared_accounts        = ["111122223333"]
}

resource "aws_db_snapshot" "open" { # unknown
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-move"
  shared_accounts        = var.accounts
}
