resource "aws_ecr_repository" "orders" {
  name = "orders"
}
