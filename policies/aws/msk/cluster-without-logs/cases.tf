variable "on" { type = bool }

resource "aws_msk_cluster" "nothing" { # fail: logs of the brokers
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }
}

resource "aws_msk_cluster" "bad" { # fail
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }

  logging_info {
    broker_logs {
      s3 {
        enabled = false
      }
    }
  }
}

resource "aws_msk_cluster" "good1" { # pass
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }

  logging_info {
    broker_logs {
      s3 {
        enabled = true
        bucket  = "logs"
      }
    }
  }
}

resource "aws_msk_cluster" "good2" { # pass
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "events"
      }
    }
  }
}

resource "aws_msk_cluster" "open" { # unknown
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }

  logging_info {
    broker_logs {
      s3 {
        enabled = var.on
        bucket  = "logs"
      }
    }
  }
}
