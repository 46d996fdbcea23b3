resource "aws_db_snapshot" "before_move" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-move"
  shared_accounts        = ["all"]
}
