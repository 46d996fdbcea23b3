resource "aws_ecs_cluster" "orders" {
  name = "orders"

  configuration {
    execute_command_configuration {
      logging = "DEFAULT"
    }
  }
}
