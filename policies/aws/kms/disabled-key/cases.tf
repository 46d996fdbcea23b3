variable "on" { type = bool }

resource "aws_kms_key" "nothing" { # pass
  description = "orders"
}

resource "aws_kms_key" "bad" { # fail
  description = "orders"
  is_enabled  = false
}

resource "aws_kms_key" "good" { # pass
  description = "orders"
  is_enabled  = true
}

resource "aws_kms_key" "open" { # unknown
  description = "orders"
  is_enabled  = var.on
}
