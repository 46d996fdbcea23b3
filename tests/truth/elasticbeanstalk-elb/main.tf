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


locals {
  settings = {
    "aws:autoscaling:launchconfiguration" = { InstanceType = "t3.small", IamInstanceProfile = "eb" }
    "aws:elasticbeanstalk:environment"    = { EnvironmentType = "LoadBalanced", LoadBalancerType = "application" }
  }
  flat = flatten([for ns, o in local.settings : [for n, v in o : { ns = ns, name = n, value = v }]])
}

resource "aws_elastic_beanstalk_application" "a" {
  name        = "shop"
  description = "the shop"
}

resource "aws_elastic_beanstalk_environment" "e" {
  name                = "shop-prod"
  application         = aws_elastic_beanstalk_application.a.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"
  dynamic "setting" {
    for_each = local.flat
    content {
      namespace = setting.value.ns
      name      = setting.value.name
      value     = setting.value.value
    }
  }
}

resource "aws_elb" "classic" {
  name               = "classic"
  availability_zones = ["us-east-1a", "us-east-1b"]
  listener {
    instance_port     = 8000
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
  health_check {
    healthy_threshold   = 2
    unhealthy_threshold = 2
    timeout             = 3
    target              = "HTTP:8000/"
    interval            = 30
  }
  cross_zone_load_balancing = true
}

resource "aws_lb" "nlb" {
  name               = "nlb"
  load_balancer_type = "network"
  internal           = true
  subnet_mapping {
    subnet_id            = "subnet-1"
    private_ipv4_address = "10.0.1.15"
  }
  subnet_mapping {
    subnet_id = "subnet-2"
  }
}

resource "aws_lb_target_group" "tcp" {
  name_prefix          = "tcp-"
  port                 = 5432
  protocol             = "TCP"
  vpc_id               = "vpc-12345678"
  deregistration_delay = 30
  preserve_client_ip   = true
  stickiness {
    type    = "source_ip"
    enabled = true
  }
  health_check {
    protocol = "TCP"
  }
}

resource "aws_lb_target_group" "lambda" {
  name        = "lambda"
  target_type = "lambda"
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.nlb.arn
  port              = 5432
  protocol          = "TCP"
  default_action {
    type = "forward"
    forward {
      target_group {
        arn    = aws_lb_target_group.tcp.arn
        weight = 100
      }
    }
  }
}

resource "aws_lb_target_group_attachment" "a" {
  for_each         = toset(["10.0.1.20", "10.0.1.21"])
  target_group_arn = aws_lb_target_group.tcp.arn
  target_id        = each.value
  port             = 5432
}

resource "aws_globalaccelerator_accelerator" "g" {
  name            = "shop"
  ip_address_type = "IPV4"
}

resource "aws_globalaccelerator_listener" "g" {
  accelerator_arn = aws_globalaccelerator_accelerator.g.id
  protocol        = "TCP"
  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_globalaccelerator_endpoint_group" "g" {
  listener_arn = aws_globalaccelerator_listener.g.id
  endpoint_configuration {
    endpoint_id = aws_lb.nlb.arn
    weight      = 100
  }
}
