resource "aws_ecs_cluster" "orders" {
  name = "orders"
}
