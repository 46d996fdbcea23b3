variable "text" { type = string }

resource "aws_efs_access_point" "nothing" { # fail: clients see every directory of the file 
  file_system_id = "fs-0123456789abcdef0"
}

resource "aws_efs_access_point" "bad" { # fail
  file_system_id = "fs-0123456789abcdef0"

  root_directory {
    path = "/"
  }
}

resource "aws_efs_access_point" "good" { # pass
  file_system_id = "fs-0123456789abcdef0"

  root_directory {
    path = "/orders"
  }
}

resource "aws_efs_access_point" "open" { # unknown
  file_system_id = "fs-0123456789abcdef0"

  root_directory {
    path = var.text
  }
}
