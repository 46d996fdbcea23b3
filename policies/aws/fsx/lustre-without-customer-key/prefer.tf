resource "aws_fsx_lustre_file_system" "main" {
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
