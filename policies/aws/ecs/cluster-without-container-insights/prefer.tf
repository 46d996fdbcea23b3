resource "aws_ecs_cluster" "orders" {
  name = "orders"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
