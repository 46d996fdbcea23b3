variable "on" { type = bool }

resource "aws_iam_account_password_policy" "nothing" { # fail: passwords need no symbols
}

resource "aws_iam_account_password_policy" "bad" { # fail
  require_symbols = false
}

resource "aws_iam_account_password_policy" "good" { # pass
  require_symbols = true
}

resource "aws_iam_account_password_policy" "open" { # unknown
  require_symbols = var.on
}
