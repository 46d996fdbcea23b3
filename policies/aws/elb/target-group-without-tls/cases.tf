variable "x" { type = string }

resource "aws_lb_target_group" "bad" { # fail
  vpc_id   = "vpc-0aaa1111"
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_target_group" "good1" { # pass
  vpc_id   = "vpc-0aaa1111"
  port     = 443
  protocol = "HTTPS"
}

resource "aws_lb_target_group" "good2" { # pass
  vpc_id      = "vpc-0aaa1111"
  target_type = "lambda"
}

resource "aws_lb_target_group" "open" { # unknown
  vpc_id   = "vpc-0aaa1111"
  port     = 80
  protocol = var.x
}

resource "aws_alb_target_group" "bad" { # fail
  vpc_id   = "vpc-0aaa1111"
  port     = 80
  protocol = "HTTP"
}

resource "aws_alb_target_group" "good" { # pass
  vpc_id   = "vpc-0aaa1111"
  port     = 443
  protocol = "HTTPS"
}
