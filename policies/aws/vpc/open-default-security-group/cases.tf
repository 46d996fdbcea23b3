resource "aws_vpc" "nothing" { # fail: whatever is started without a group of i
  cidr_block = "10.0.0.0/16"
}

variable "on" { type = bool }

resource "aws_vpc" "own" { # pass
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "own" {
  vpc_id = aws_vpc.own.id
}

resource "aws_vpc" "open" { # pass
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "open" {
  vpc_id = aws_vpc.open.id
  ingress { # fail
    protocol  = -1
    self      = true
    from_port = 0
    to_port   = 0
  }
}

resource "aws_vpc" "maybe" { # unknown
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "maybe" {
  count  = var.on ? 1 : 0
  vpc_id = aws_vpc.maybe.id
}
