variable "number" { type = number }

resource "aws_iam_account_password_policy" "nothing" { # fail: old passwords may be used again
}

resource "aws_iam_account_password_policy" "bad" { # fail
  password_reuse_prevention = 3
}

resource "aws_iam_account_password_policy" "good" { # pass
  password_reuse_prevention = 24
}

resource "aws_iam_account_password_policy" "open" { # unknown
  password_reuse_prevention = var.number
}
