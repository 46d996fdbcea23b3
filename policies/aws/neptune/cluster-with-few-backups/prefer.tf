resource "aws_neptune_cluster" "relations" {
  cluster_identifier      = "relations"
  engine                  = "neptune"
  backup_retention_period = 7
}
