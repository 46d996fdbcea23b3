resource "aws_autoscaling_group" "web" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = ["subnet-0aaa1111", "subnet-0bbb2222"]
  health_check_type   = "ELB"

  launch_template {
    name = "web"
  }
  target_group_arns = [aws_lb_target_group.web.arn]
}

resource "aws_lb_target_group" "web" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"
}
