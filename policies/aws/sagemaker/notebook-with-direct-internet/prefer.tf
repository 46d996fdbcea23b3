resource "aws_sagemaker_notebook_instance" "orders" {
  name                   = "orders"
  role_arn               = "arn:aws:iam::111122223333:role/notebook"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-0aaa1111"
  security_groups        = ["sg-0ccc3333"]
  direct_internet_access = "Disabled"
}
