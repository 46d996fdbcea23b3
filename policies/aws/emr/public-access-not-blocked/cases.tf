variable "on" { type = bool }

resource "aws_emr_block_public_access_configuration" "bad" { # fail
  block_public_security_group_rules = false
}

resource "aws_emr_block_public_access_configuration" "good" { # pass
  block_public_security_group_rules = true
}

resource "aws_emr_block_public_access_configuration" "open" { # unknown
  block_public_security_group_rules = var.on
}
