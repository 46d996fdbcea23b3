resource "aws_neptune_cluster" "main" {
  cluster_identifier = "relations"
  engine             = "neptune"
  storage_encrypted  = true
}
