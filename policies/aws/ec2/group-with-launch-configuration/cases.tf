variable "x" { type = string }

resource "aws_autoscaling_group" "bad" { # fail
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0aaa1111", "subnet-0bbb2222"]
  launch_configuration = "web"
}

resource "aws_autoscaling_group" "good" { # pass
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
}

resource "aws_autoscaling_group" "open" { # unknown
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0aaa1111", "subnet-0bbb2222"]
  launch_configuration = var.x
}
