variable "on" { type = bool }

resource "aws_ami_copy" "nothing" { # fail: the disks of this image are not encrypte
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
}

resource "aws_ami_copy" "bad" { # fail
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = false
}

resource "aws_ami_copy" "good" { # pass
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = true
}

resource "aws_ami_copy" "open" { # unknown
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = var.on
}
