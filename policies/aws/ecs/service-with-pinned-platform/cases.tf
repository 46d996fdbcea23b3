variable "x" { type = string }

resource "aws_ecs_service" "nothing" { # pass
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"
  launch_type     = "FARGATE"
}

resource "aws_ecs_service" "bad" { # fail
  name             = "orders"
  cluster          = "orders"
  task_definition  = "orders:1"
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
}

resource "aws_ecs_service" "good" { # pass
  name             = "orders"
  cluster          = "orders"
  task_definition  = "orders:1"
  launch_type      = "FARGATE"
  platform_version = "LATEST"
}

resource "aws_ecs_service" "open" { # unknown
  name             = "orders"
  cluster          = "orders"
  task_definition  = "orders:1"
  launch_type      = "FARGATE"
  platform_version = var.x
}
