variable "many" { type = list(string) }
variable "x" { type = string }
variable "on" { type = bool }

resource "aws_ami" "nothing" { # pass
  name             = "web"
  root_device_name = "/dev/xvda"
}

resource "aws_ami" "bad" { # fail
  name             = "web"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 20
  }
}

resource "aws_ami" "good1" { # pass
  name             = "web"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 20
    encrypted   = true
  }
}

resource "aws_ami" "good2" { # pass
  name             = "web"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-0aaa1111"
  }
}

resource "aws_ami" "open1" { # unknown
  name             = "web"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    encrypted   = var.on
  }
}

resource "aws_ami" "open2" { # unknown
  name             = "web"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = var.x
  }
}

resource "aws_ami" "open3" { # unknown
  name             = "web"
  root_device_name = "/dev/xvda"

  dynamic "ebs_block_device" {
    for_each = var.many
    content {
      device_name = ebs_block_device.value
    }
  }
}
