resource "aws_memorydb_snapshot" "main" {
  cluster_name = "sessions"
}
