variable "x" { type = string }

resource "aws_lb_target_group" "nothing" { # fail: the balancer asks `/`, whatever that say
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"
}

resource "aws_lb_target_group" "bad" { # fail
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"

  health_check {
    interval = 30
  }
}

resource "aws_lb_target_group" "good" { # pass
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_target_group" "open" { # unknown
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"

  health_check {
    path = var.x
  }
}

resource "aws_alb_target_group" "nothing" { # fail
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"
}

resource "aws_alb_target_group" "good" { # pass
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_target_group" "tcp" { # pass
  port     = 5000
  protocol = "TCP"
  vpc_id   = "vpc-0aaa1111"
}
