resource "aws_ecs_service" "orders" {
  name             = "orders"
  cluster          = "orders"
  task_definition  = "orders:1"
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
}
