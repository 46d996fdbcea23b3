resource "aws_kendra_index" "main" {
  name     = "docs"
  role_arn = "arn:aws:iam::111122223333:role/docs"
}
