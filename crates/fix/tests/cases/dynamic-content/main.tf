variable "volumes" {
  default = [
    { device = "/dev/sdb" },
    { device = "/dev/sdc" },
  ]
}

resource "aws_instance" "web" {
  ami           = "ami-1"
  instance_type = "t3.micro"

  dynamic "ebs_block_device" {
    for_each = var.volumes
    content {
      device_name = ebs_block_device.value.device
    }
  }
}
