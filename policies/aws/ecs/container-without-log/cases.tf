variable "x" { type = string }

resource "aws_ecs_task_definition" "bad" { # fail
  family = "orders"

  container_definitions = jsonencode([{
    name   = "api"
    image  = "orders:1"
    memory = 512
  }])
}

resource "aws_ecs_task_definition" "good" { # pass
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

resource "aws_ecs_task_definition" "open" { # unknown
  family                = "orders"
  container_definitions = var.x
}
