variable "on" { type = bool }

resource "aws_instance" "nothing" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_instance" "bad" { # fail
  ami                         = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_instance" "good" { # pass
  ami                         = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}

resource "aws_instance" "open" { # unknown
  ami                         = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  associate_public_ip_address = var.on
}

resource "aws_launch_template" "nothing" { # pass
  name_prefix   = "web-"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "nothing" { # pass
  name_prefix   = "web-"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_launch_template" "public" {
  image_id = "ami-0abcdef1234567890"
  network_interfaces {
    associate_public_ip_address = true # fail: everybody on the internet can reach
  }
}

resource "aws_launch_configuration" "public" {
  image_id                    = "ami-0abcdef1234567890"
  instance_type               = "t3.micro"
  associate_public_ip_address = true # fail
}
