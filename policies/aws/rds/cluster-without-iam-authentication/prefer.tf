resource "aws_rds_cluster" "main" {
  cluster_identifier                  = "orders"
  engine                              = "aurora-mysql"
  iam_database_authentication_enabled = true
}
