variable "key" { type = string }

resource "aws_fsx_openzfs_file_system" "nothing" { # fail: the file system is encrypted with the ke
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
}

resource "aws_fsx_openzfs_file_system" "good1" { # pass
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
  kms_key_id          = aws_kms_key.own.arn
}

resource "aws_fsx_openzfs_file_system" "good2" { # pass
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
  kms_key_id          = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_fsx_openzfs_file_system" "open" { # unknown
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = ["subnet-0aaa1111"]
  deployment_type     = "SINGLE_AZ_1"
  kms_key_id          = var.key
}

resource "aws_kms_key" "own" {
}
