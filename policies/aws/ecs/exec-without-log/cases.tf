variable "x" { type = string }

resource "aws_ecs_cluster" "nothing" { # pass
  name = "orders"
}

resource "aws_ecs_cluster" "bad" { # fail
  name = "orders"

  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}

resource "aws_ecs_cluster" "good" { # pass
  name = "orders"

  configuration {
    execute_command_configuration {
      logging = "DEFAULT"
    }
  }
}

resource "aws_ecs_cluster" "open" { # unknown
  name = "orders"

  configuration {
    execute_command_configuration {
      logging = var.x
    }
  }
}
