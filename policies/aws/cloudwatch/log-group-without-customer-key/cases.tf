variable "key" { type = string }

resource "aws_kms_key" "logs" {
  enable_key_rotation = true
}

data "aws_kms_key" "shared" {
  key_id = "alias/shared"
}

data "aws_ssm_parameter" "key" {
  name = "/key"
}

resource "aws_cloudwatch_log_group" "nothing" { # fail: `kms_key_id` is not set: logs are encrypted
  name = "/a"
}

resource "aws_cloudwatch_log_group" "empty" {
  name       = "/b"
  kms_key_id = "" # fail: `kms_key_id` is not set
}

resource "aws_cloudwatch_log_group" "reference" { # pass
  name       = "/c"
  kms_key_id = aws_kms_key.logs.arn
}

resource "aws_cloudwatch_log_group" "literal" { # pass
  name       = "/d"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
}

resource "aws_cloudwatch_log_group" "data" { # pass
  name       = "/e"
  kms_key_id = data.aws_kms_key.shared.arn
}

resource "aws_cloudwatch_log_group" "variable" { # unknown: whether a customer-managed key is used can't be decided: `var.key` has no value and no default
  name       = "/f"
  kms_key_id = var.key
}

resource "aws_cloudwatch_log_group" "parameter" { # unknown: is read from the cloud
  name       = "/g"
  kms_key_id = data.aws_ssm_parameter.key.value
}
