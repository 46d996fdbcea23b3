variable "text" { type = string }

resource "aws_glue_job" "nothing" { # fail: its output, logs and bookmarks are encry
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"

  command {
    script_location = "s3://scripts/load.py"
  }
}

resource "aws_glue_job" "good" { # pass
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"

  command {
    script_location = "s3://scripts/load.py"
  }
  security_configuration = "orders"
}

resource "aws_glue_job" "open" { # unknown
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"

  command {
    script_location = "s3://scripts/load.py"
  }
  security_configuration = var.text
}

resource "aws_glue_crawler" "nothing" { # fail
  name          = "orders"
  database_name = "orders"
  role          = "crawler"

  s3_target {
    path = "s3://orders"
  }
}

resource "aws_glue_crawler" "good" { # pass
  name          = "orders"
  database_name = "orders"
  role          = "crawler"

  s3_target {
    path = "s3://orders"
  }
  security_configuration = "orders"
}

resource "aws_glue_dev_endpoint" "nothing" { # fail
  name     = "dev"
  role_arn = "arn:aws:iam::111122223333:role/dev"
}

resource "aws_glue_dev_endpoint" "good" { # pass
  name                   = "dev"
  role_arn               = "arn:aws:iam::111122223333:role/dev"
  security_configuration = "orders"
}
