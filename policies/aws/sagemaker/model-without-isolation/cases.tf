variable "on" { type = bool }

resource "aws_sagemaker_model" "nothing" { # fail: what it is asked with can be sent anywhe
  name               = "orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  }
}

resource "aws_sagemaker_model" "bad" { # fail
  name               = "orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  }
  enable_network_isolation = false
}

resource "aws_sagemaker_model" "good" { # pass
  name               = "orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  }
  enable_network_isolation = true
}

resource "aws_sagemaker_model" "open" { # unknown
  name               = "orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  }
  enable_network_isolation = var.on
}
