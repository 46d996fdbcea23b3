variable "x" { type = string }

resource "aws_imagebuilder_component" "nothing" { # fail: the component is encrypted with the key 
  name     = "tools"
  platform = "Linux"
  version  = "1.0.0"
  data     = "name: tools"
}

resource "aws_imagebuilder_component" "good" { # pass
  name       = "tools"
  platform   = "Linux"
  version    = "1.0.0"
  data       = "name: tools"
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_imagebuilder_component" "open" { # unknown
  name       = "tools"
  platform   = "Linux"
  version    = "1.0.0"
  data       = "name: tools"
  kms_key_id = var.x
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
