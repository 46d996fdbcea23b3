terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}


resource "aws_fsx_lustre_file_system" "scratch" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-1"]
  deployment_type  = "SCRATCH_2"
  tags             = { Name = "scratch" }
}

resource "aws_fsx_lustre_file_system" "persistent" {
  storage_capacity            = 1200
  subnet_ids                  = ["subnet-1"]
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  data_compression_type       = "LZ4"
}

resource "aws_fsx_windows_file_system" "w" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-1"]
  throughput_capacity = 32
  active_directory_id = "d-1234567890"
}

resource "aws_ebs_volume" "v" {
  for_each          = { data = 100, logs = 20 }
  availability_zone = "us-east-1a"
  size              = each.value
  type              = "gp3"
  encrypted         = true
  tags              = { Name = each.key }
}

resource "aws_volume_attachment" "v" {
  for_each    = aws_ebs_volume.v
  device_name = "/dev/sd${substr("fghij", index(keys(aws_ebs_volume.v), each.key), 1)}"
  volume_id   = each.value.id
  instance_id = aws_instance.i.id
}

resource "aws_instance" "i" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "m6i.large"
  availability_zone      = "us-east-1a"
  user_data_base64       = base64encode("#!/bin/sh\necho hi\n")
  monitoring             = true
  vpc_security_group_ids = ["sg-1", "sg-2"]
  ebs_optimized          = true
  ebs_block_device {
    device_name = "/dev/sdx"
    volume_size = 10
  }
  ebs_block_device {
    device_name           = "/dev/sdy"
    volume_size           = 20
    volume_type           = "io2"
    iops                  = 1000
    delete_on_termination = false
  }
  credit_specification {
    cpu_credits = "standard"
  }
  volume_tags = { Owner = "me" }
}
