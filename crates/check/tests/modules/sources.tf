# Databases, volumes and disks that are made from others: the names of those that the rules say something of are in sources.rs.
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_db_instance" "plain" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 50
  username            = "x"
  password            = "xxxxxxxxxx"
  skip_final_snapshot = true
}
resource "aws_db_instance" "enc" {
  identifier          = "enc"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 50
  username            = "x"
  password            = "xxxxxxxxxx"
  storage_encrypted   = true
  skip_final_snapshot = true
}
resource "aws_db_instance" "r1" {
  identifier          = "r1"
  replicate_source_db = aws_db_instance.plain.identifier
  instance_class      = "db.t4g.medium"
}
resource "aws_db_instance" "r2" {
  identifier          = "r2"
  replicate_source_db = aws_db_instance.enc.arn
  instance_class      = "db.t4g.medium"
}
resource "aws_db_instance" "r3" {
  provider            = aws.us
  identifier          = "r3"
  replicate_source_db = aws_db_instance.enc.arn
  instance_class      = "db.t4g.medium"
}
resource "aws_kms_key" "us" {
  provider            = aws.us
  enable_key_rotation = true
}
resource "aws_db_instance" "r4" {
  provider            = aws.us
  identifier          = "r4"
  replicate_source_db = aws_db_instance.enc.arn
  kms_key_id          = aws_kms_key.us.arn
  instance_class      = "db.t4g.medium"
}
resource "aws_db_instance" "p1" {
  identifier     = "p1"
  instance_class = "db.t4g.medium"
  restore_to_point_in_time {
    source_db_instance_identifier = aws_db_instance.enc.identifier
    use_latest_restorable_time    = true
  }
}
resource "aws_db_instance" "p2" {
  identifier     = "p2"
  instance_class = "db.t4g.medium"
  restore_to_point_in_time {
    source_dbi_resource_id     = aws_db_instance.plain.resource_id
    use_latest_restorable_time = true
  }
}
resource "aws_db_snapshot" "s" {
  db_instance_identifier = aws_db_instance.enc.identifier
  db_snapshot_identifier = "s"
}
resource "aws_db_instance" "s1" {
  identifier          = "s1"
  instance_class      = "db.t4g.medium"
  snapshot_identifier = aws_db_snapshot.s.id
}
variable "snap" {
  type    = string
  default = null
}
resource "aws_db_instance" "s2" {
  identifier          = "s2"
  instance_class      = "db.t4g.medium"
  snapshot_identifier = var.snap
}
variable "snap2" { type = string }
resource "aws_db_instance" "s3" {
  identifier          = "s3"
  instance_class      = "db.t4g.medium"
  snapshot_identifier = var.snap2
}
variable "pit" { type = any }
resource "aws_rds_cluster" "dyn" {
  cluster_identifier = "x"
  engine             = "aurora-postgresql"
  dynamic "restore_to_point_in_time" {
    for_each = var.pit
    content {
      source_cluster_identifier = restore_to_point_in_time.value
    }
  }
}
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 3
  encrypted         = true
}
resource "aws_ebs_snapshot" "v" { volume_id = aws_ebs_volume.v.id }
resource "aws_ebs_volume" "copy" {
  availability_zone = "eu-west-1a"
  snapshot_id       = aws_ebs_snapshot.v.id
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  root_block_device { encrypted = true }
  ebs_block_device {
    device_name = "/dev/sdb"
    snapshot_id = aws_ebs_snapshot.v.id
  }
}
resource "aws_ami_copy" "c" {
  name              = "x"
  source_ami_id     = "ami-2"
  source_ami_region = "eu-west-1"
  encrypted         = true
}
resource "aws_instance" "j" {
  ami           = aws_ami_copy.c.id
  instance_type = "t3.micro"
}
