resource "aws_iam_user" "nothing" { # fail: 
  name = "deploy"
}

resource "aws_iam_role" "deploy" { # pass
  name               = "deploy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
