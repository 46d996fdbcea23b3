resource "aws_sagemaker_model" "orders" {
  name               = "orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  }
}
