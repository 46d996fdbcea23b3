resource "aws_instance" "web" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  user_data = <<-EOT
    #!/bin/sh
    aws s3 cp s3://orders-config/app.conf /etc/app.conf
  EOT
}
