variable "text" { type = string }

resource "aws_msk_cluster" "nothing" { # pass
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

    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS"
      }
    }
  }
}

resource "aws_msk_cluster" "good" { # pass
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]

    connectivity_info {
      public_access {
        type = "DISABLED"
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

    connectivity_info {
      public_access {
        type = var.text
      }
    }
  }
}
