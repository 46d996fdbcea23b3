resource "aws_iam_role" "r" {
  for_each           = toset(["build", "deploy"])
  name               = each.key
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
