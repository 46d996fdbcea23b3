resource "aws_secretsmanager_secret" "main" {
  name = "orders/database"
}
