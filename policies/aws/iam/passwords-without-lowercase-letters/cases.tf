variable "on" { type = bool }

resource "aws_iam_account_password_policy" "nothing" { # fail: passwords need no lowercase letters
}

resource "aws_iam_account_password_policy" "bad" { # fail
  require_lowercase_characters = false
}

resource "aws_iam_account_password_policy" "good" { # pass
  require_lowercase_characters = true
}

resource "aws_iam_account_password_policy" "open" { # unknown
  require_lowercase_characters = var.on
}
