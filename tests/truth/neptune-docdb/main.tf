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
  region = var.region

  default_tags {
    tags = {
      Project   = var.project
      ManagedBy = "terraform"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "project" {
  type    = string
  default = "orchid"
}


variable "size" {
  type    = number
  default = 2
}


resource "aws_neptune_subnet_group" "n" {
  name       = "${var.project}-n"
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_neptune_cluster_parameter_group" "n" {
  family = "neptune1.3"
  name   = "${var.project}-n"
  parameter {
    name  = "neptune_enable_audit_log"
    value = 1
  }
}

resource "aws_neptune_cluster" "n" {
  cluster_identifier                   = "${var.project}-graph"
  engine                               = "neptune"
  backup_retention_period              = 5
  preferred_backup_window              = "07:00-09:00"
  skip_final_snapshot                  = true
  iam_database_authentication_enabled  = true
  storage_encrypted                    = true
  neptune_subnet_group_name            = aws_neptune_subnet_group.n.name
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.n.name
}

resource "aws_neptune_cluster_instance" "n" {
  count              = var.size
  cluster_identifier = aws_neptune_cluster.n.id
  instance_class     = "db.r6g.large"
}

resource "aws_docdb_subnet_group" "d" {
  name       = "${var.project}-d"
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_docdb_cluster" "d" {
  cluster_identifier              = "${var.project}-docs"
  master_username                 = "root_user"
  master_password                 = "An0therSecret"
  db_subnet_group_name            = aws_docdb_subnet_group.d.name
  skip_final_snapshot             = true
  enabled_cloudwatch_logs_exports = ["audit"]
  deletion_protection             = false
}

resource "aws_docdb_cluster_instance" "d" {
  count              = var.size
  identifier         = "${var.project}-docs-${count.index}"
  cluster_identifier = aws_docdb_cluster.d.id
  instance_class     = "db.t4g.medium"
}

resource "aws_elasticache_replication_group" "r" {
  replication_group_id       = var.project
  description                = "sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = var.size
  automatic_failover_enabled = var.size > 1
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  port                       = 6379
  snapshot_retention_limit   = 3
}

resource "aws_rds_cluster" "a" {
  cluster_identifier          = "${var.project}-aurora"
  engine                      = "aurora-postgresql"
  engine_mode                 = "provisioned"
  engine_version              = "15.4"
  database_name               = "app"
  master_username             = "app"
  manage_master_user_password = true
  storage_encrypted           = true
  skip_final_snapshot         = true
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "a" {
  for_each           = toset(["one", "two"])
  identifier         = "${var.project}-${each.key}"
  cluster_identifier = aws_rds_cluster.a.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.a.engine
  engine_version     = aws_rds_cluster.a.engine_version
}
