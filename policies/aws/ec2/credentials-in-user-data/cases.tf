variable "x" { type = string }

resource "aws_instance" "nothing" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_instance" "bad" { # fail
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
  EOT
}

resource "aws_instance" "good" { # pass
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    yum -y update
  EOT
}

resource "aws_instance" "open" { # unknown
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  user_data     = var.x
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

resource "aws_launch_template" "encoded" { # fail
  image_id  = "ami-0abcdef1234567890"
  user_data = base64encode("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
}

resource "aws_launch_template" "key" { # pass
  image_id  = "ami-0abcdef1234567890"
  user_data = base64encode("curl https://example.com/a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2")
}
