terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


variable "names" {
  type    = list(string)
  default = ["a", "b"]
}

resource "aws_instance" "heredoc" {
  count                       = length(var.names)
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  user_data                   = <<-EOF
    #!/bin/bash
    hostnamectl set-hostname ${var.names[count.index]}
    %{~if count.index == 0}
    echo first
    %{endif~}
  EOF
  user_data_replace_on_change = true
}

resource "aws_instance" "file" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = file("${path.module}/boot.sh")
  network_interface {
    network_interface_id = aws_network_interface.n.id
    device_index         = 0
  }
}

resource "aws_network_interface" "n" {
  subnet_id   = "subnet-1"
  private_ips = ["10.0.0.50"]
}

resource "aws_instance" "b64" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.micro"
  user_data_base64            = base64gzip("#!/bin/sh\n")
  associate_public_ip_address = true
}

resource "aws_instance" "b64_as_plain" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = base64encode("#!/bin/sh\necho x\n")
}

resource "aws_instance" "unknown" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\necho ${aws_network_interface.n.id}\n"
}

resource "aws_launch_template" "mime" {
  name = "mime"
  user_data = base64encode(<<-MIME
    Content-Type: multipart/mixed; boundary="B"

    --B
    Content-Type: text/x-shellscript

    echo ${join(",", var.names)}
    --B--
  MIME
  )
}

resource "aws_spot_instance_request" "s" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.micro"
  spot_price           = "0.02"
  wait_for_fulfillment = true
  user_data            = "#!/bin/sh"
}

resource "aws_launch_configuration" "lc" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\ntrue\n"
}

resource "aws_eip" "e" {
  count    = 2
  domain   = "vpc"
  instance = aws_instance.heredoc[count.index].id
}
