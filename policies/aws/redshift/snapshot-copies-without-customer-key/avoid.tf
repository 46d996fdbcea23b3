resource "aws_redshift_snapshot_copy_grant" "main" {
  snapshot_copy_grant_name = "reports"
}
