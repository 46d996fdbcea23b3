variable "x" { type = string }
variable "on" { type = bool }

resource "aws_ecs_task_definition" "bad1" { # fail
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
  }])
}

resource "aws_ecs_task_definition" "bad2" { # fail
  family = "orders"

  container_definitions = jsonencode([{
    name                   = "api"
    image                  = "orders:1"
    memory                 = 512
    readonlyRootFilesystem = false
  }])
}

resource "aws_ecs_task_definition" "good" { # pass
  family = "orders"

  container_definitions = jsonencode([{
    name                   = "api"
    image                  = "orders:1"
    memory                 = 512
    readonlyRootFilesystem = true
  }])
}

resource "aws_ecs_task_definition" "open1" { # unknown
  family = "orders"

  container_definitions = jsonencode([{
    name                   = "api"
    image                  = "orders:1"
    memory                 = 512
    readonlyRootFilesystem = var.on
  }])
}

resource "aws_ecs_task_definition" "open2" { # unknown
  family                = "orders"
  container_definitions = var.x
}
