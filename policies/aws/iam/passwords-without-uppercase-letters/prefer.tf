resource "aws_iam_account_password_policy" "all" {
  require_uppercase_characters = true
}
