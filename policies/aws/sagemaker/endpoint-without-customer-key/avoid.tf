resource "aws_sagemaker_endpoint_configuration" "orders" {
  name = "orders"

  production_variants {
    variant_name           = "all"
    model_name             = "orders"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}
