resource "aws_ami_copy" "web" {
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = true
}
