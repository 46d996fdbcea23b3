resource "aws_sagemaker_endpoint_configuration" "orders" {
  name        = "orders"
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  production_variants {
    variant_name           = "all"
    model_name             = "orders"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}
