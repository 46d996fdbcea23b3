variable "x" { type = string }
variable "on" { type = bool }

resource "aws_ecs_task_definition" "bad" { # fail
  family = "orders"

  container_definitions = jsonencode([{
    name       = "api"
    image      = "orders:1"
    memory     = 512
    privileged = true
  }])
}

resource "aws_ecs_task_definition" "good1" { # pass
  family = "orders"

  container_definitions = jsonencode([{
    name       = "api"
    image      = "orders:1"
    memory     = 512
    privileged = false
  }])
}

resource "aws_ecs_task_definition" "good2" { # pass
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
  }])
}

resource "aws_ecs_task_definition" "open1" { # unknown
  family = "orders"

  container_definitions = jsonencode([{
    name       = "api"
    image      = "orders:1"
    memory     = 512
    privileged = var.on
  }])
}

resource "aws_ecs_task_definition" "open2" { # unknown
  family                = "orders"
  container_definitions = var.x
}
