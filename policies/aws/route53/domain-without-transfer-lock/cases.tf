variable "on" { type = bool }

resource "aws_route53domains_registered_domain" "nothing" { # pass
  domain_name = "example.com"
}

resource "aws_route53domains_registered_domain" "bad" { # fail
  domain_name   = "example.com"
  transfer_lock = false
}

resource "aws_route53domains_registered_domain" "good" { # pass
  domain_name   = "example.com"
  transfer_lock = true
}

resource "aws_route53domains_registered_domain" "open" { # unknown
  domain_name   = "example.com"
  transfer_lock = var.on
}
