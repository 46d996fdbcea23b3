resource "aws_neptune_cluster" "relations" {
  cluster_identifier                  = "relations"
  engine                              = "neptune"
  iam_database_authentication_enabled = true
}
