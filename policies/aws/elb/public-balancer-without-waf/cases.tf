variable "on" { type = bool }

resource "aws_lb" "nothing" { # fail: 
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "good1" { # pass
  name     = "web"
  subnets  = ["subnet-0aaa1111", "subnet-0bbb2222"]
  internal = true
}

resource "aws_lb" "good2" { # pass
  name               = "web"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
  load_balancer_type = "network"
}

resource "aws_lb" "open" { # unknown
  name     = "web"
  subnets  = ["subnet-0aaa1111", "subnet-0bbb2222"]
  internal = var.on
}

resource "aws_alb" "nothing" { # fail
  name    = "web2"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_lb" "guarded" { # pass
  name    = "guarded"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_wafv2_web_acl_association" "guarded" {
  resource_arn = aws_lb.guarded.arn
  web_acl_arn  = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}
