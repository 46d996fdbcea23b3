variable "x" { type = string }

resource "aws_elb" "bad" { # fail
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
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
}

resource "aws_elb" "open" { # unknown
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port      = 443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = var.x
  }
}
