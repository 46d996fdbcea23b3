resource "aws_fsx_lustre_file_system" "main" {
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
}
