variable "x" { type = string }

resource "aws_ecs_cluster" "nothing" { # fail: what its tasks do is not measured
  name = "orders"
}

resource "aws_ecs_cluster" "bad" { # fail
  name = "orders"

  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

resource "aws_ecs_cluster" "good1" { # pass
  name = "orders"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster" "good2" { # pass
  name = "orders"

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
}

resource "aws_ecs_cluster" "open" { # unknown
  name = "orders"

  setting {
    name  = "containerInsights"
    value = var.x
  }
}
