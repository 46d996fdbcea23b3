variable "x" { type = string }

resource "aws_sagemaker_notebook_instance" "nothing" { # fail: data can leave it past every firewall
  name          = "orders"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
  instance_type = "ml.t3.medium"
}

resource "aws_sagemaker_notebook_instance" "bad" { # fail
  name                   = "orders"
  role_arn               = "arn:aws:iam::111122223333:role/notebook"
  instance_type          = "ml.t3.medium"
  direct_internet_access = "Enabled"
}

resource "aws_sagemaker_notebook_instance" "good" { # pass
  name                   = "orders"
  role_arn               = "arn:aws:iam::111122223333:role/notebook"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-0aaa1111"
  security_groups        = ["sg-0ccc3333"]
  direct_internet_access = "Disabled"
}

resource "aws_sagemaker_notebook_instance" "open" { # unknown
  name                   = "orders"
  role_arn               = "arn:aws:iam::111122223333:role/notebook"
  instance_type          = "ml.t3.medium"
  direct_internet_access = var.x
}
