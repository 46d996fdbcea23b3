resource "aws_ecs_task_definition" "orders" {
  family = "orders"

  container_definitions = jsonencode([{
    name                   = "api"
    image                  = "orders:1"
    memory                 = 512
    readonlyRootFilesystem = true
  }])
}
