resource "aws_fsx_openzfs_file_system" "main" {
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
}
