resource "aws_dms_replication_instance" "move" {
  replication_instance_class = "dms.t3.medium"
  replication_instance_id    = "move"
  auto_minor_version_upgrade = true
}
