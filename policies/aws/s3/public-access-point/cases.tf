variable "on" { type = bool }
variable "x" { type = string }

resource "aws_s3_access_point" "nothing" { # pass
  bucket = "mycoco-invoices"
  name   = "reports"
}

resource "aws_s3_access_point" "bad" { # fail
  bucket = "mycoco-invoices"
  name   = "reports"

  public_access_block_configuration {
    block_public_policy = false
  }
}

resource "aws_s3_access_point" "good1" { # pass
  bucket = "mycoco-invoices"
  name   = "reports"
}

resource "aws_s3_access_point" "good2" { # pass
  bucket = "mycoco-invoices"
  name   = "reports"

  public_access_block_configuration {
    block_public_policy = true
  }
}

resource "aws_s3_access_point" "open" { # unknown
  bucket = "mycoco-invoices"
  name   = "reports"

  public_access_block_configuration {
    block_public_policy = var.on
  }
}
