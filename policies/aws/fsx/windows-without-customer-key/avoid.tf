resource "aws_fsx_windows_file_system" "main" {
  storage_capacity    = 300
  throughput_capacity = 32
  subnet_ids          = ["subnet-0aaa1111"]
  active_directory_id = "d-0123456789"
}
