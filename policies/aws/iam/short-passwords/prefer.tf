resource "aws_iam_account_password_policy" "all" {
  minimum_password_length = 14
}
