variable "x" {}
variable "blocks" { type = list(object({ port = number, cidr = string })) }

resource "aws_security_group_rule" "nothing" { # fail: 
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["192.0.2.0/24"]
}

resource "aws_security_group_rule" "bad" { # fail
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["192.0.2.0/24"]
  description       = ""
}

resource "aws_security_group_rule" "good" { # pass
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["192.0.2.0/24"]
  description       = "HTTPS from the office"
}

resource "aws_security_group_rule" "open" { # unknown
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["192.0.2.0/24"]
  description       = var.x
}

resource "aws_vpc_security_group_ingress_rule" "nothing" { # fail
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "192.0.2.0/24"
}

resource "aws_vpc_security_group_egress_rule" "nothing" { # fail
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "good" { # pass
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
  description       = "Out"
}
