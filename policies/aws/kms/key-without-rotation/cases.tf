variable "rotate" { type = bool }
variable "spec" { type = string }
variable "store" { type = string }

resource "aws_kms_key" "nothing" { # fail: `enable_key_rotation` is not set: the material of this key is never changed
  description = "a"
}

resource "aws_kms_key" "off" {
  enable_key_rotation = false # fail: `enable_key_rotation` is false
}

resource "aws_kms_key" "on" { # pass
  enable_key_rotation = true
}

resource "aws_kms_key" "open" {
  enable_key_rotation = var.rotate # unknown: whether the key is rotated can't be decided
}

# KMS rotates none of these.
resource "aws_kms_key" "signs" { # pass
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
}

resource "aws_kms_key" "hmac" { # pass
  key_usage                = "GENERATE_VERIFY_MAC"
  customer_master_key_spec = "HMAC_256"
}

resource "aws_kms_key" "store" { # pass
  custom_key_store_id = "cks-1234567890abcdef0"
}

resource "aws_kms_key" "outside" { # pass
  custom_key_store_id = "cks-1234567890abcdef0"
  xks_key_id          = "bb8562717f809024"
}

# Whether it could be is not known.
resource "aws_kms_key" "some_spec" { # unknown: `var.spec` has no value
  customer_master_key_spec = var.spec
}

resource "aws_kms_key" "some_store" { # unknown: `var.store` has no value
  custom_key_store_id = var.store
}

resource "aws_kms_key" "some_spec_rotated" { # pass
  customer_master_key_spec = var.spec
  enable_key_rotation      = true
}
