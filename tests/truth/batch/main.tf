terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


variable "queues" {
  type    = map(number)
  default = { high = 100, low = 1 }
}

resource "aws_batch_compute_environment" "fargate" {
  compute_environment_name = "fargate"
  type                     = "MANAGED"
  service_role             = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 16
    subnets            = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}

resource "aws_batch_compute_environment" "ec2" {
  compute_environment_name_prefix = "ec2-"
  type                            = "MANAGED"
  compute_resources {
    type                = "EC2"
    allocation_strategy = "BEST_FIT_PROGRESSIVE"
    min_vcpus           = 0
    desired_vcpus       = 0
    max_vcpus           = 64
    instance_type       = ["c6i", "m6i"]
    instance_role       = "arn:aws:iam::123456789012:instance-profile/ecs"
    subnets             = ["subnet-1", "subnet-2"]
    security_group_ids  = ["sg-1"]
    tags                = { Name = "batch" }
  }
  service_role = "arn:aws:iam::123456789012:role/batch"
}

resource "aws_batch_job_queue" "q" {
  for_each = var.queues
  name     = each.key
  state    = "ENABLED"
  priority = each.value
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.fargate.arn
  }
}

resource "aws_batch_job_definition" "job" {
  name                  = "report"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  parameters            = { input = "none" }
  retry_strategy {
    attempts = 3
  }
  timeout {
    attempt_duration_seconds = 600
  }
  container_properties = jsonencode({
    image            = "busybox"
    command          = ["echo", "Ref::input"]
    jobRoleArn       = "arn:aws:iam::123456789012:role/job"
    executionRoleArn = "arn:aws:iam::123456789012:role/exec"
    resourceRequirements = [
      { type = "VCPU", value = "0.25" },
      { type = "MEMORY", value = "512" },
    ]
    fargatePlatformConfiguration = { platformVersion = "LATEST" }
  })
}
