resource "aws_iam_account_password_policy" "all" {
  require_symbols = true
}
