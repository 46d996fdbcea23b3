resource "aws_memorydb_cluster" "sessions" {
  acl_name    = "open-access"
  node_type   = "db.r6g.large"
  tls_enabled = true
}
