variable "x" { type = string }

resource "aws_sagemaker_notebook_instance" "nothing" { # fail: its storage is encrypted with the key th
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
}

resource "aws_sagemaker_notebook_instance" "good" { # pass
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
  kms_key_id    = aws_kms_key.main.arn
}

resource "aws_sagemaker_notebook_instance" "open" { # unknown
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
  kms_key_id    = var.x
}

resource "aws_sagemaker_domain" "nothing" { # fail
  domain_name = "orders"
  auth_mode   = "IAM"
  vpc_id      = "vpc-0aaa1111"
  subnet_ids  = ["subnet-0aaa1111"]

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/notebook"
  }
}

resource "aws_sagemaker_domain" "good" { # pass
  domain_name = "orders"
  auth_mode   = "IAM"
  vpc_id      = "vpc-0aaa1111"
  subnet_ids  = ["subnet-0aaa1111"]

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/notebook"
  }
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
