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


variable "repos" {
  type    = set(string)
  default = ["api", "web"]
}

resource "aws_ecr_repository" "r" {
  for_each             = var.repos
  name                 = "team/${each.key}"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_lifecycle_policy" "r" {
  for_each   = aws_ecr_repository.r
  repository = each.value.name
  policy = jsonencode({
    rules = [
      for i, n in [10, 50] : {
        rulePriority = i + 1
        description  = "keep ${n}"
        selection = {
          tagStatus   = i == 0 ? "untagged" : "any"
          countType   = "imageCountMoreThan"
          countNumber = n
        }
        action = { type = "expire" }
      }
    ]
  })
}

resource "aws_ecr_repository_policy" "r" {
  for_each   = aws_ecr_repository.r
  repository = each.value.name
  policy     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Pull",
          "Effect": "Allow",
          "Principal": {"AWS": ["arn:aws:iam::210987654321:root"]},
          "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        }
      ]
    }
  JSON
}

resource "aws_apprunner_vpc_connector" "v" {
  vpc_connector_name = "conn"
  subnets            = ["subnet-1", "subnet-2"]
  security_groups    = ["sg-1"]
}

resource "aws_apprunner_service" "s" {
  service_name = "web"
  source_configuration {
    auto_deployments_enabled = false
    image_repository {
      image_identifier      = "${aws_ecr_repository.r["web"].repository_url}:latest"
      image_repository_type = "ECR"
      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { MODE = "prod" }
      }
    }
    authentication_configuration {
      access_role_arn = "arn:aws:iam::123456789012:role/apprunner"
    }
  }
  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.v.arn
    }
  }
  health_check_configuration {
    path = "/health"
  }
}

resource "aws_elasticache_serverless_cache" "c" {
  engine = "valkey"
  name   = "cache"
  cache_usage_limits {
    data_storage {
      maximum = 5
      unit    = "GB"
    }
  }
}

resource "aws_service_discovery_private_dns_namespace" "n" {
  name = "svc.local"
  vpc  = "vpc-12345678"
}

resource "aws_service_discovery_service" "s" {
  name = "web"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.n.id
    dns_records {
      ttl  = 10
      type = "A"
    }
    routing_policy = "MULTIVALUE"
  }
  health_check_custom_config {
    failure_threshold = 1
  }
}
