resource "aws_lb_target_group" "web" {
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0aaa1111"

  health_check {
    path = "/"
  }
}
