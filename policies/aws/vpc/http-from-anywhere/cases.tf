variable "x" {}
variable "blocks" { type = list(object({ port = number, cidr = string })) }

resource "aws_security_group" "nothing" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "bad" { # fail
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "From the office"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "good1" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "From the office"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["192.0.2.0/24"]
  }
}

resource "aws_security_group" "good2" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "From the office"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "open" { # unknown
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "From the office"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = [var.x]
  }
}

resource "aws_security_group_rule" "nothing" { # pass
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "nothing" { # pass
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
}

resource "aws_security_group_rule" "open" { # fail
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "out" { # pass
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0" # fail
}

resource "aws_vpc_security_group_ingress_rule" "open6" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv6         = "::/0" # fail
}

resource "aws_vpc_security_group_ingress_rule" "office" { # pass
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "192.0.2.0/24"
}

resource "aws_security_group" "dynamic" { # unknown
  name        = "web"
  description = "Web servers"

  dynamic "ingress" {
    for_each = var.blocks
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = [ingress.value.cidr]
    }
  }
}
