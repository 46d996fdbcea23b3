variable "on" { type = bool }

resource "aws_efs_file_system" "nothing" { # fail: files are stored in plain form
  creation_token = "shared"
}

resource "aws_efs_file_system" "bad" { # fail
  creation_token = "shared"
  encrypted      = false
}

resource "aws_efs_file_system" "good" { # pass
  creation_token = "shared"
  encrypted      = true
}

resource "aws_efs_file_system" "open" { # unknown
  creation_token = "shared"
  encrypted      = var.on
}
