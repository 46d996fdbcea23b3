resource "aws_efs_file_system" "main" {
  creation_token = "shared"
  encrypted      = true
}
