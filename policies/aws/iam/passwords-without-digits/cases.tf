variable "on" { type = bool }

resource "aws_iam_account_password_policy" "nothing" { # fail: passwords need no digits
}

resource "aws_iam_account_password_policy" "bad" { # fail
  require_numbers = false
}

resource "aws_iam_account_password_policy" "good" { # pass
  require_numbers = true
}

resource "aws_iam_account_password_policy" "open" { # unknown
  require_numbers = var.on
}
