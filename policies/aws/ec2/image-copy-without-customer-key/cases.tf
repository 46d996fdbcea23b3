variable "x" { type = string }

resource "aws_ami_copy" "nothing" { # fail: the image is encrypted with the account'
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = true
}

resource "aws_ami_copy" "good" { # pass
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = true
  kms_key_id        = aws_kms_key.web.arn
}

resource "aws_ami_copy" "open" { # unknown
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
  encrypted         = true
  kms_key_id        = var.x
}

resource "aws_kms_key" "web" {
  enable_key_rotation = true
}

resource "aws_ami_copy" "plain" { # pass
  name              = "web"
  source_ami_id     = "ami-0abcdef1234567890"
  source_ami_region = "us-east-1"
}
