terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}
resource "aws_s3_bucket" "a01" {
  bucket_name = "x"
}
resource "aws_s3_bucket" "a02" {
  versioning = {
    enabled = true
  }
}
resource "aws_instance" "a03" {
  ami           = "ami-1"
  instance_typ  = "t3.micro"
}
resource "aws_instance" "a04" {
  ami = "ami-1"
  root_block_device {
    encrypt = true
  }
}
resource "aws_security_group" "a05" {
  ingres {
    from_port = 1
    to_port   = 1
    protocol  = "tcp"
  }
}
resource "aws_security_group" "a06" {
  dynamic "ingress" {
    for_each = [1]
    content {
      from_port = 1
      to_port   = 1
      protocl   = "tcp"
    }
  }
}
resource "aws_db_instance" "a07" {
  allocated_storage = 10
}
resource "aws_lambda_function" "a08" {
  function_name = "x"
}
resource "aws_lambda_function" "a09" {
  function_name = "x"
  role          = "arn:aws:iam::123456789012:role/r"
  environment = {
    variables = { A = "b" }
  }
}
resource "aws_iam_role" "a10" {
  name = "x"
}
resource "aws_iam_role" "a11" {
  assume_role_policy = "{}"
  arn                = "x"
}
resource "aws_cloudfront_distribution" "a12" {
  enabled = true
}
resource "aws_lb" "a13" {
  access_logs = { bucket = "x" }
}
resource "aws_ecs_service" "a14" {
  name = "x"
  network_config {
    subnets = ["a"]
  }
}
resource "aws_sqs_queue" "a15" {
  name = "x"
  tags {
    A = "b"
  }
}
resource "aws_sqs_fifo_queue" "a16" {
  name = "x"
}
resource "aws_dynamodb_table" "a17" {
  name     = "x"
  hash_key = "id"
  attribute {
    name = "id"
  }
}
resource "aws_wafv2_web_acl" "a18" {
  scope = "REGIONAL"
  name  = "x"
}
resource "aws_route53_record" "a19" {
  zone_id = "Z"
  name    = "x"
  alias {
    name = "x"
  }
  type = "A"
}
resource "aws_autoscaling_group" "a20" {
  min_size = 1
  max_size = 1
  tags     = [{ key = "a" }]
}
resource "aws_eks_cluster" "a21" {
  name     = "x"
  role_arn = "arn:aws:iam::123456789012:role/r"
}
resource "aws_s3_bucket_versioning" "a22" {
  bucket = "x"
  versioning_configuration {
    enabled = true
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "a23" {
  bucket = "x"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithms = "AES256"
    }
  }
}
resource "aws_kms_key" "a24" {
  enable_key_rotaton = true
}
resource "aws_vpc" "a25" {
  cidr_block = "10.0.0.0/16"
  enable_dns_hostname = true
}
resource "aws_subnet" "a26" {
  cidr_block = "10.0.0.0/24"
}
resource "aws_elasticache_replication_group" "a27" {
  replication_group_id          = "x"
  replication_group_description = "x"
}
resource "aws_cognito_user_pool" "a28" {
  name = "x"
  password_policy {
    min_length = 8
  }
}
data "aws_ami" "a29" {
  owner = ["amazon"]
}
data "aws_iam_policy_document" "a30" {
  statement {
    action    = ["s3:*"]
    resources = ["*"]
  }
}
data "aws_kms_secret" "a31" {
  name = "x"
}
resource "aws_s3_bucket_public_access_block" "a32" {
  block_public_acls = true
}
resource "aws_cloudwatch_metric_alarm" "a33" {
  alarm_name          = "x"
  comparison_operator = "GreaterThanThreshold"
}
resource "aws_rds_cluster" "a34" {
  engine = "aurora-mysql"
  lifecycle {
    prevent_destroy = true
  }
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
  }
  instance_count = 2
}
resource "aws_apigatewayv2_api" "a35" {
  name = "x"
}
resource "aws_ecr_repository" "a36" {
  name                 = "x"
  scan_on_push         = true
}
resource "aws_efs_file_system" "a37" {
  lifecycle_policy = "AFTER_30_DAYS"
}
resource "aws_vpc_security_group_ingress_rule" "a38" {
  security_group_id = "sg-1"
  cidr_blocks       = ["10.0.0.0/8"]
  ip_protocol       = "tcp"
}
resource "aws_bedrock_guardrail" "a39" {
  name                      = "x"
  blocked_input_messaging   = "x"
}
resource "aws_instance" "ok1" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  provisioner "local-exec" {
    command = "true"
  }
  connection {
    host = "x"
  }
  timeouts {
    create = "5m"
  }
  depends_on = [aws_vpc.a25]
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [ami]
  }
}
resource "aws_security_group" "ok2" {
  ingress = []
  dynamic "egress" {
    for_each = []
    content {
      from_port = 1
      to_port   = 1
      protocol  = "tcp"
    }
  }
}
resource "aws_dynamodb_table" "ok3" {
  name     = "x"
  hash_key = "id"
  read_capacity = 1
  write_capacity = 1
  dynamic "attribute" {
    for_each = ["id"]
    iterator = it
    content {
      name = it.value
      type = "S"
    }
  }
}
