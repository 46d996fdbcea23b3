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
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["192.0.2.0/24"]
  }
}

resource "aws_security_group" "good" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    description = "HTTPS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["192.0.2.0/24"]
  }
}

resource "aws_security_group" "open" { # unknown
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    description = var.x
    cidr_blocks = ["192.0.2.0/24"]
  }
}

resource "aws_security_group" "silent" { # fail: nobody can say what the group is for
  name = "web"
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
