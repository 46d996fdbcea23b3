variable "x" { type = string }

resource "aws_lb" "nothing" { # pass
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "bad" { # fail
  name                   = "web"
  subnets                = ["subnet-0aaa1111", "subnet-0bbb2222"]
  desync_mitigation_mode = "monitor"
}

resource "aws_lb" "good" { # pass
  name                   = "web"
  subnets                = ["subnet-0aaa1111", "subnet-0bbb2222"]
  desync_mitigation_mode = "strictest"
}

resource "aws_lb" "open" { # unknown
  name                   = "web"
  subnets                = ["subnet-0aaa1111", "subnet-0bbb2222"]
  desync_mitigation_mode = var.x
}

resource "aws_alb" "nothing" { # pass
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_alb" "good" { # pass
  name                   = "web2"
  subnets                = ["subnet-0aaa1111", "subnet-0bbb2222"]
  desync_mitigation_mode = "strictest"
}

resource "aws_elb" "nothing" { # pass
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port      = 443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }
}

resource "aws_elb" "good" { # pass
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port      = 443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }
  desync_mitigation_mode = "strictest"
}
