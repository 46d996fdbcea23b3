variable "many" { type = list(string) }
variable "x" { type = string }
variable "on" { type = bool }

resource "aws_lb" "nothing" { # fail: who called it is recorded nowhere
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "bad" { # fail
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  access_logs {
    bucket  = "logs"
    enabled = false
  }
}

resource "aws_lb" "good1" { # pass
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb" "good2" { # pass
  name               = "web"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
  load_balancer_type = "gateway"
}

resource "aws_lb" "open1" { # unknown
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  access_logs {
    bucket  = "logs"
    enabled = var.on
  }
}

resource "aws_lb" "open2" { # unknown
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  dynamic "access_logs" {
    for_each = var.many
    content {
      bucket  = access_logs.value
      enabled = true
    }
  }
}

resource "aws_lb" "open3" { # unknown
  name               = "web"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
  load_balancer_type = var.x
}

resource "aws_alb" "nothing" { # fail
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_alb" "good" { # pass
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
