variable "many" { type = list(string) }
variable "x" { type = string }

resource "aws_ecs_task_definition" "nothing" { # pass
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])
}

resource "aws_ecs_task_definition" "bad" { # fail
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id = "fs-0aaa1111"
    }
  }
}

resource "aws_ecs_task_definition" "good" { # pass
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id     = "fs-0aaa1111"
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_task_definition" "open1" { # unknown
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id     = "fs-0aaa1111"
      transit_encryption = var.x
    }
  }
}

resource "aws_ecs_task_definition" "open2" { # unknown
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])

  dynamic "volume" {
    for_each = var.many
    content {
      name = volume.value

      efs_volume_configuration {
        file_system_id = "fs-0aaa1111"
      }
    }
  }
}
