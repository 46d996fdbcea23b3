variable "on" { type = bool }

resource "aws_instance" "nothing" { # fail: it is measured every five minutes only
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_instance" "bad" { # fail
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  monitoring    = false
}

resource "aws_instance" "good" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  monitoring    = true
}

resource "aws_instance" "open" { # unknown
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  monitoring    = var.on
}
