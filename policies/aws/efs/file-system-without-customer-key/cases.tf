variable "key" { type = string }

resource "aws_efs_file_system" "nothing" { # fail: the file system is encrypted with the ke
  creation_token = "shared"
}

resource "aws_efs_file_system" "good1" { # pass
  creation_token = "shared"
  encrypted      = true
  kms_key_id     = aws_kms_key.own.arn
}

resource "aws_efs_file_system" "good2" { # pass
  creation_token = "shared"
  encrypted      = true
  kms_key_id     = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_efs_file_system" "open" { # unknown
  creation_token = "shared"
  encrypted      = true
  kms_key_id     = var.key
}

resource "aws_kms_key" "own" {
}
