resource "aws_ecs_task_definition" "orders" {
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = "/orders"
        awslogs-region        = "us-east-1"
        awslogs-stream-prefix = "api"
      }
    }
  }])
}
