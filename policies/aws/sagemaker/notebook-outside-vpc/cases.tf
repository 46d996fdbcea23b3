variable "x" { type = string }

resource "aws_sagemaker_notebook_instance" "nothing" { # fail: its traffic passes no network of the org
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
}

resource "aws_sagemaker_notebook_instance" "good" { # pass
  name            = "orders"
  role_arn        = "arn:aws:iam::111122223333:role/notebook"
  instance_type   = "ml.t3.medium"
  subnet_id       = "subnet-0aaa1111"
  security_groups = ["sg-0ccc3333"]
}

resource "aws_sagemaker_notebook_instance" "open" { # unknown
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
  subnet_id     = var.x
}
