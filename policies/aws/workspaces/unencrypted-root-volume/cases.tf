variable "on" { type = bool }

resource "aws_workspaces_workspace" "nothing" { # fail: what is on this disk is not encrypted
  directory_id = "d-0aaa11112"
  bundle_id    = "wsb-0aaa11112"
  user_name    = "jo"
}

resource "aws_workspaces_workspace" "bad" { # fail
  directory_id                   = "d-0aaa11112"
  bundle_id                      = "wsb-0aaa11112"
  user_name                      = "jo"
  root_volume_encryption_enabled = false
}

resource "aws_workspaces_workspace" "good" { # pass
  directory_id                   = "d-0aaa11112"
  bundle_id                      = "wsb-0aaa11112"
  user_name                      = "jo"
  root_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.main.arn
}

resource "aws_workspaces_workspace" "open" { # unknown
  directory_id                   = "d-0aaa11112"
  bundle_id                      = "wsb-0aaa11112"
  user_name                      = "jo"
  root_volume_encryption_enabled = var.on
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
