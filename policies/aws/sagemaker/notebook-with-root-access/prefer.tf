resource "aws_sagemaker_notebook_instance" "orders" {
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
  root_access   = "Disabled"
}
