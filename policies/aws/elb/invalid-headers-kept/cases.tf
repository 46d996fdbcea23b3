variable "x" { type = string }
variable "on" { type = bool }

resource "aws_lb" "nothing" { # fail: malformed headers reach what is behind i
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "bad" { # fail
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  drop_invalid_header_fields = false
}

resource "aws_lb" "good1" { # pass
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  drop_invalid_header_fields = true
}

resource "aws_lb" "good2" { # pass
  name               = "web"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
  load_balancer_type = "network"
}

resource "aws_lb" "open1" { # unknown
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  drop_invalid_header_fields = var.on
}

resource "aws_lb" "open2" { # unknown
  name               = "web"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
  load_balancer_type = var.x
}

resource "aws_alb" "nothing" { # fail
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_alb" "good" { # pass
  name                       = "web2"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  drop_invalid_header_fields = true
}
