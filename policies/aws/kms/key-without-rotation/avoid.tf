resource "aws_kms_key" "orders" {
  description             = "Orders"
  deletion_window_in_days = 30
}
