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

  egress {
    description = "HTTPS"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "good1" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  egress {
    description = "HTTPS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "good2" { # pass
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  egress {
    description = "HTTPS"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group" "open" { # unknown
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"

  egress {
    description = "HTTPS"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = [var.x]
  }
}
