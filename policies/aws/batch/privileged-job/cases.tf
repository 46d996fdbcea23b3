variable "x" { type = string }
variable "on" { type = bool }

resource "aws_batch_job_definition" "nothing" { # pass
  name = "orders"
  type = "container"
}

resource "aws_batch_job_definition" "bad" { # fail
  name                 = "orders"
  type                 = "container"
  container_properties = jsonencode({ image = "orders:1", privileged = true, vcpus = 1, memory = 512 })
}

resource "aws_batch_job_definition" "good" { # pass
  name                 = "orders"
  type                 = "container"
  container_properties = jsonencode({ image = "orders:1", vcpus = 1, memory = 512 })
}

resource "aws_batch_job_definition" "open1" { # unknown
  name                 = "orders"
  type                 = "container"
  container_properties = jsonencode({ image = "orders:1", privileged = var.on, vcpus = 1, memory = 512 })
}

resource "aws_batch_job_definition" "open2" { # unknown
  name                 = "orders"
  type                 = "container"
  container_properties = var.x
}
