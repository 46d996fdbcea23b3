resource "aws_rds_cluster" "main" {
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error", "audit"]
}
