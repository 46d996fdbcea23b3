variable "x" { type = string }

resource "aws_instance" "nothing" { # fail: what runs on it can call AWS with stored
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_instance" "good" { # pass
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
}

resource "aws_instance" "open" { # unknown
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = var.x
}
