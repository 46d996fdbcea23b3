variable "x" { type = string }
variable "groups" { type = list(string) }

resource "aws_autoscaling_group" "nothing" { # pass
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
}

resource "aws_autoscaling_group" "bad1" { # fail
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
  target_group_arns = [aws_lb_target_group.web.arn]
}

resource "aws_autoscaling_group" "bad2" { # fail
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
  load_balancers    = ["web"]
  health_check_type = "EC2"
}

resource "aws_autoscaling_group" "good" { # pass
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
  target_group_arns = [aws_lb_target_group.web.arn]
  health_check_type = "ELB"
}

resource "aws_autoscaling_group" "open1" { # unknown
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
  target_group_arns = [aws_lb_target_group.web.arn]
  health_check_type = var.x
}

resource "aws_autoscaling_group" "open2" { # unknown
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
  target_group_arns = var.groups
}

resource "aws_lb_target_group" "web" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"
}
