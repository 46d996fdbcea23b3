variable "many" { type = list(string) }
resource "aws_autoscaling_group" "nothing" { # fail: nobody can tell whose its instances are
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }
}

resource "aws_autoscaling_group" "good" { # pass
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }

  tag {
    key                 = "Owner"
    value               = "network-team"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "open" { # unknown
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]

  launch_template {
    name = "web"
  }

  dynamic "tag" {
    for_each = var.many
    content {
      key                 = tag.value
      value               = "yes"
      propagate_at_launch = true
    }
  }
}
