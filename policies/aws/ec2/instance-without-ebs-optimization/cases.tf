variable "on" { type = bool }
variable "type" { type = string }

resource "aws_instance" "nothing" { # fail: it says nothing of a way of its own to t
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_instance" "bad" { # fail
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  ebs_optimized = false
}

resource "aws_instance" "good" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  ebs_optimized = true
}

resource "aws_instance" "open" { # unknown
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  ebs_optimized = var.on
}

# These types have none.
resource "aws_instance" "small" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t2.micro"
}

resource "aws_instance" "some_type" { # unknown
  ami           = "ami-0abcdef1234567890"
  instance_type = var.type
}
