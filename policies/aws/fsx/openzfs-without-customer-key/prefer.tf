resource "aws_fsx_openzfs_file_system" "main" {
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
  kms_key_id          = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
