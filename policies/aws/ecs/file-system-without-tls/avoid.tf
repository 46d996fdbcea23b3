resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id = "fs-0aaa1111"
    }
  }
}
