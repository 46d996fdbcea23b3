variable "on" { type = bool }

resource "aws_iam_account_password_policy" "nothing" { # fail: passwords need no uppercase letters
}

resource "aws_iam_account_password_policy" "bad" { # fail
  require_uppercase_characters = false
}

resource "aws_iam_account_password_policy" "good" { # pass
  require_uppercase_characters = true
}

resource "aws_iam_account_password_policy" "open" { # unknown
  require_uppercase_characters = var.on
}
