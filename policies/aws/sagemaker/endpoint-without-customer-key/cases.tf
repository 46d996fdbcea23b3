variable "x" { type = string }

resource "aws_sagemaker_endpoint_configuration" "nothing" { # fail: its disks are encrypted with no key of t
  name = "orders"

  production_variants {
    variant_name           = "all"
    model_name             = "orders"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}

resource "aws_sagemaker_endpoint_configuration" "good" { # pass
  name = "orders"

  production_variants {
    variant_name           = "all"
    model_name             = "orders"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
  kms_key_arn = aws_kms_key.main.arn
}

resource "aws_sagemaker_endpoint_configuration" "open" { # unknown
  name = "orders"

  production_variants {
    variant_name           = "all"
    model_name             = "orders"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
  kms_key_arn = var.x
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
