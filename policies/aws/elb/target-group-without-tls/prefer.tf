resource "aws_lb_target_group" "web" {
  vpc_id   = "vpc-0aaa1111"
  port     = 443
  protocol = "HTTPS"
}
