resource "aws_iam_account_password_policy" "all" {
  password_reuse_prevention = 24
}
