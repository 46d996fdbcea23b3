variable "x" { type = string }

resource "aws_emr_cluster" "nothing" { # fail: its data is encrypted neither on disks n
  name          = "orders"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  master_instance_group {
    instance_type = "m5.xlarge"
  }
}

resource "aws_emr_cluster" "good" { # pass
  name          = "orders"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  master_instance_group {
    instance_type = "m5.xlarge"
  }
  security_configuration = "orders"
}

resource "aws_emr_cluster" "open" { # unknown
  name          = "orders"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  master_instance_group {
    instance_type = "m5.xlarge"
  }
  security_configuration = var.x
}
