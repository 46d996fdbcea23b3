resource "aws_neptune_cluster" "relations" {
  cluster_identifier = "relations"
  engine             = "neptune"
}
