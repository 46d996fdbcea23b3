resource "aws_timestreamwrite_database" "main" {
  database_name = "metrics"
}
