terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


variable "allowed" {
  type    = list(string)
  default = ["198.51.100.0/24", "203.0.113.7/32"]
}

resource "aws_default_security_group" "d" {
  vpc_id = "vpc-11111111"
}

resource "aws_security_group" "inline" {
  name   = "inline"
  vpc_id = "vpc-11111111"
  ingress = [
    {
      description      = "ssh"
      from_port        = 22
      to_port          = 22
      protocol         = "tcp"
      cidr_blocks      = var.allowed
      ipv6_cidr_blocks = []
      prefix_list_ids  = null
      security_groups  = []
      self             = false
    }
  ]
  egress = []
}

resource "aws_security_group_rule" "r" {
  count             = length(var.allowed)
  type              = "ingress"
  security_group_id = aws_security_group.inline.id
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = [var.allowed[count.index]]
}

resource "aws_security_group_rule" "self" {
  type              = "egress"
  security_group_id = aws_security_group.inline.id
  from_port         = 0
  to_port           = 65535
  protocol          = "all"
  self              = true
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.inline.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_customer_gateway" "c" {
  bgp_asn    = 65000
  ip_address = "172.83.124.10"
  type       = "ipsec.1"
}

resource "aws_vpn_gateway" "v" {
  vpc_id = "vpc-11111111"
}

resource "aws_vpn_connection" "v" {
  customer_gateway_id = aws_customer_gateway.c.id
  vpn_gateway_id      = aws_vpn_gateway.v.id
  type                = "ipsec.1"
  static_routes_only  = true
}

resource "aws_route53_resolver_endpoint" "o" {
  name               = "out"
  direction          = "OUTBOUND"
  security_group_ids = ["sg-1"]
  ip_address {
    subnet_id = "subnet-1"
  }
  ip_address {
    subnet_id = "subnet-2"
    ip        = "10.0.2.10"
  }
}

resource "aws_route53_resolver_rule" "f" {
  domain_name          = "corp.example.com."
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.o.id
  target_ip {
    ip = "10.9.9.9"
  }
}

resource "aws_nat_gateway" "n" {
  allocation_id = aws_eip.n.id
  subnet_id     = "subnet-1"
}

resource "aws_eip" "n" {
  domain = "vpc"
}

resource "aws_route_table" "attr" {
  vpc_id = "vpc-11111111"
  route = [
    {
      cidr_block                 = "0.0.0.0/0"
      nat_gateway_id             = aws_nat_gateway.n.id
      carrier_gateway_id         = ""
      core_network_arn           = ""
      destination_prefix_list_id = ""
      egress_only_gateway_id     = ""
      gateway_id                 = ""
      ipv6_cidr_block            = ""
      local_gateway_id           = ""
      network_interface_id       = ""
      transit_gateway_id         = ""
      vpc_endpoint_id            = ""
      vpc_peering_connection_id  = ""
    }
  ]
}

resource "aws_ec2_managed_prefix_list" "p" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 5
  dynamic "entry" {
    for_each = var.allowed
    content {
      cidr        = entry.value
      description = "office ${entry.key}"
    }
  }
}
