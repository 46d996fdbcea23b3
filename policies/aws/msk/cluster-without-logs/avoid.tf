resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0aaa1111", "subnet-0bbb2222", "subnet-0ccc3333"]
    security_groups = ["sg-0ccc3333"]
  }
}
