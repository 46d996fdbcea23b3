resource "aws_memorydb_cluster" "main" {
  acl_name  = "open-access"
  node_type = "db.r6g.large"
}
