resource "aws_autoscaling_group" "web" {
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
