resource "aws_ecs_service" "orders" {
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"

  network_configuration {
    subnets          = ["subnet-0aaa1111"]
    assign_public_ip = true
  }
}
