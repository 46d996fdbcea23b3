variable "policy" { type = string }

resource "aws_kms_key" "nothing" { # fail: who may use this key is left to the poli
  description         = "Orders"
  enable_key_rotation = true
}

resource "aws_kms_key" "good" { # pass
  description         = "Orders"
  enable_key_rotation = true
  policy              = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_kms_key" "open" { # unknown
  description         = "Orders"
  enable_key_rotation = true
  policy              = var.policy
}
