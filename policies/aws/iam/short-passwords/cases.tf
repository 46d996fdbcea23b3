variable "number" { type = number }

resource "aws_iam_account_password_policy" "nothing" { # fail: short passwords can be guessed
}

resource "aws_iam_account_password_policy" "bad" { # fail
  minimum_password_length = 8
}

resource "aws_iam_account_password_policy" "good" { # pass
  minimum_password_length = 16
}

resource "aws_iam_account_password_policy" "open" { # unknown
  minimum_password_length = var.number
}
