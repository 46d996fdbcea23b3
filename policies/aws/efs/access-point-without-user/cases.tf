variable "number" { type = number }

resource "aws_efs_access_point" "nothing" { # fail: clients say themselves which user they a
  file_system_id = "fs-0123456789abcdef0"
}

resource "aws_efs_access_point" "good" { # pass
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 1000
    gid = 1000
  }
}

resource "aws_efs_access_point" "open" { # unknown
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 1000
    gid = var.number
  }
}
