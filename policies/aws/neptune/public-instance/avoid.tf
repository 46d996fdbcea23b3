resource "aws_neptune_cluster_instance" "relations" {
  cluster_identifier  = "relations"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}
