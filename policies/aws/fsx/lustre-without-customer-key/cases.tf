variable "key" { type = string }

resource "aws_fsx_lustre_file_system" "nothing" { # fail: the file system is encrypted with the ke
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
}

resource "aws_fsx_lustre_file_system" "good1" { # pass
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = aws_kms_key.own.arn
}

resource "aws_fsx_lustre_file_system" "good2" { # pass
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_fsx_lustre_file_system" "open" { # unknown
  subnet_ids                  = ["subnet-0aaa1111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = var.key
}

resource "aws_kms_key" "own" {
}
