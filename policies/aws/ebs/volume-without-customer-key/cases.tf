variable "key" { type = string }
variable "encrypt" { type = bool }

resource "aws_kms_key" "v" {
  enable_key_rotation = true
}

resource "aws_ebs_volume" "no_key" { # fail: `kms_key_id` is not set: the volume is encrypted with the account's default key
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
}

resource "aws_ebs_volume" "key" { # pass
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
  kms_key_id        = aws_kms_key.v.arn
}

# Another rule's finding.
resource "aws_ebs_volume" "plain" { # pass
  availability_zone = "us-east-1a"
  size              = 1
}

resource "aws_ebs_volume" "open_key" { # unknown: whether a customer-managed key is used can't be decided
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = true
  kms_key_id        = var.key
}

resource "aws_ebs_volume" "open" { # unknown
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = var.encrypt
}

resource "aws_ebs_volume" "restored" { # unknown: the snapshot that the volume is made from may have one
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0123456789abcdef0"
  encrypted         = true
}
