variable "on" { type = bool }

resource "aws_networkfirewall_firewall" "nothing" { # fail: one wrong command deletes this firewall
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/egress"
  vpc_id              = "vpc-0123456789abcdef0"

  subnet_mapping {
    subnet_id = "subnet-0aaa1111"
  }
}

resource "aws_networkfirewall_firewall" "bad" { # fail
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/egress"
  vpc_id              = "vpc-0123456789abcdef0"

  subnet_mapping {
    subnet_id = "subnet-0aaa1111"
  }
  delete_protection = false
}

resource "aws_networkfirewall_firewall" "good" { # pass
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/egress"
  vpc_id              = "vpc-0123456789abcdef0"

  subnet_mapping {
    subnet_id = "subnet-0aaa1111"
  }
  delete_protection = true
}

resource "aws_networkfirewall_firewall" "open" { # unknown
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/egress"
  vpc_id              = "vpc-0123456789abcdef0"

  subnet_mapping {
    subnet_id = "subnet-0aaa1111"
  }
  delete_protection = var.on
}
