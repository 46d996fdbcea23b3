variable "tags" {
  type    = map(string)
  default = null
}

resource "aws_ebs_volume" "a" {
  availability_zone = "us-east-1a"
  tags              = var.tags
}

resource "aws_ebs_volume" "b" {
  availability_zone = "us-east-1a"
  tags              = merge(var.tags, { Name = "b" })
}
