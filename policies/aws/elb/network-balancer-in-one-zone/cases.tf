variable "on" { type = bool }

resource "aws_lb" "nothing" { # fail: a zone without healthy targets answers n
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "bad" { # fail
  name                             = "web"
  load_balancer_type               = "network"
  subnets                          = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_cross_zone_load_balancing = false
}

resource "aws_lb" "good" { # pass
  name                             = "web"
  load_balancer_type               = "network"
  subnets                          = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_cross_zone_load_balancing = true
}

resource "aws_lb" "open" { # unknown
  name                             = "web"
  load_balancer_type               = "network"
  subnets                          = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_cross_zone_load_balancing = var.on
}

resource "aws_alb" "nothing" { # fail
  name               = "web2"
  load_balancer_type = "network"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_alb" "good" { # pass
  name                             = "web2"
  load_balancer_type               = "network"
  subnets                          = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_cross_zone_load_balancing = true
}

resource "aws_lb" "application" { # pass
  name    = "application"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}
