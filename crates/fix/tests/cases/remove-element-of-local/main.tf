variable "open" {
  default = true
}

locals {
  wide = ["10.0.0.0/8", "0.0.0.0/0"]
}

resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  security_group_id = "sg-1"
  cidr_blocks       = local.wide
}

resource "aws_security_group_rule" "https" {
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  security_group_id = "sg-1"
  cidr_blocks       = formatlist("%s", var.open ? ["10.0.0.0/8", "0.0.0.0/0"] : [])
}
