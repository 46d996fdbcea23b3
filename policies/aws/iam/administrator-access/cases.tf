variable "text" { type = string }

resource "aws_iam_role_policy_attachment" "nothing" { # pass
  role       = "deploy"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user_policy_attachment" "nothing" { # pass
  user       = "ann"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_group_policy_attachment" "nothing" { # pass
  group      = "operators"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy_attachment" "nothing" { # pass
  name       = "a"
  roles      = ["deploy"]
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_ssoadmin_managed_policy_attachment" "nothing" { # pass
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role" "nothing" { # pass
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy_attachment" "bad" {
  role       = "deploy"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # fail: it allows everything in the account
}

resource "aws_iam_role_policy_attachment" "open" {
  role       = "deploy"
  policy_arn = var.text # unknown
}

resource "aws_iam_role_policy_attachment" "own" { # pass
  role       = "deploy"
  policy_arn = aws_iam_policy.own.arn
}

resource "aws_iam_policy" "own" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_user_policy_attachment" "bad" { # fail
  user       = "ann"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ssoadmin_managed_policy_attachment" "bad" { # fail
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "bad" { # fail
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [] })
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
}
