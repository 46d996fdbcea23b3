resource "aws_fsx_windows_file_system" "main" {
  storage_capacity    = 300
  throughput_capacity = 32
  subnet_ids          = ["subnet-0aaa1111"]
  active_directory_id = "d-0123456789"
  kms_key_id          = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
