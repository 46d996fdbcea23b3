resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"

  command {
    script_location = "s3://scripts/load.py"
  }
  security_configuration = "orders"
}
