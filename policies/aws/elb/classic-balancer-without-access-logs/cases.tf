variable "on" { type = bool }

resource "aws_elb" "nothing" { # fail: who called it is recorded nowhere
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

resource "aws_elb" "bad" { # fail
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port      = 443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }

  access_logs {
    bucket  = "logs"
    enabled = false
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

  access_logs {
    bucket = "logs"
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
    ssl_certificate_id = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }

  access_logs {
    bucket  = "logs"
    enabled = var.on
  }
}
