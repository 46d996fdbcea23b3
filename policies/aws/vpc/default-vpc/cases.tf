resource "aws_default_vpc" "main" { # fail: the default VPC is put to use
}

resource "aws_vpc" "own" { # pass
  cidr_block = "10.0.0.0/16"
}
