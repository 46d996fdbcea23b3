variable "many" { type = list(string) }
variable "on" { type = bool }

resource "aws_ecs_service" "nothing" { # pass
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"
}

resource "aws_ecs_service" "bad" { # fail
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"

  network_configuration {
    subnets          = ["subnet-0aaa1111"]
    assign_public_ip = true
  }
}

resource "aws_ecs_service" "good" { # pass
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"

  network_configuration {
    subnets          = ["subnet-0aaa1111"]
    assign_public_ip = false
  }
}

resource "aws_ecs_service" "open1" { # unknown
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"

  network_configuration {
    subnets          = ["subnet-0aaa1111"]
    assign_public_ip = var.on
  }
}

resource "aws_ecs_service" "open2" { # unknown
  name            = "orders"
  cluster         = "orders"
  task_definition = "orders:1"

  dynamic "network_configuration" {
    for_each = var.many
    content {
      subnets          = [network_configuration.value]
      assign_public_ip = true
    }
  }
}
