variable "x" { type = string }

resource "aws_ecs_task_definition" "bad" { # fail
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
    environment = [
      { name = "DB_PASSWORD", value = "hunter2" },
    ]
  }])
}

resource "aws_ecs_task_definition" "good" { # pass
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
    environment = [
      { name = "TABLE", value = "orders" },
    ]
  }])
}

resource "aws_ecs_task_definition" "open1" { # unknown
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
    environment = [
      { name = var.x, value = "orders" },
    ]
  }])
}

resource "aws_ecs_task_definition" "open2" { # unknown
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
    environment = [
      { name = "API_TOKEN", value = var.x },
    ]
  }])
}

resource "aws_ecs_task_definition" "open3" { # unknown
  family                = "orders"
  container_definitions = var.x
}
