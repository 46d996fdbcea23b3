variable "x" { type = string }

resource "aws_vpc_security_group_egress_rule" "nothing" { # pass
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  description       = "Out"
}

resource "aws_vpc_security_group_egress_rule" "bad" { # fail
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  description       = "Out"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "good" { # pass
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  description       = "Out"
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_egress_rule" "open" { # unknown
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  description       = "Out"
  cidr_ipv4         = var.x
}

resource "aws_security_group_rule" "nothing" { # pass
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  description       = "Out"
}

resource "aws_security_group_rule" "open" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"] # fail
}
