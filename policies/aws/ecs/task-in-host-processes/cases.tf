variable "x" { type = string }

resource "aws_ecs_task_definition" "bad" { # fail
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])
  pid_mode              = "host"
}

resource "aws_ecs_task_definition" "good" { # pass
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])
  pid_mode              = "task"
}

resource "aws_ecs_task_definition" "open" { # unknown
  family                = "orders"
  container_definitions = jsonencode([{ name = "api", image = "orders:1", memory = 512 }])
  pid_mode              = var.x
}
