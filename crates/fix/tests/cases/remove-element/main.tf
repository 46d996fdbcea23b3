resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  security_group_id = "sg-1"
  cidr_blocks = [
    "10.0.0.0/8", # office
    "0.0.0.0/0",  # everyone
  ]
}
