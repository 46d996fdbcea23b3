variable "on" { type = bool }

resource "aws_lb" "nothing" { # fail: one wrong command deletes this load bala
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "bad" { # fail
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_deletion_protection = false
}

resource "aws_lb" "good" { # pass
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_deletion_protection = true
}

resource "aws_lb" "open" { # unknown
  name                       = "web"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_deletion_protection = var.on
}

resource "aws_alb" "nothing" { # fail
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_alb" "good" { # pass
  name                       = "web2"
  subnets                    = ["subnet-0aaa1111", "subnet-0bbb2222"]
  enable_deletion_protection = true
}
