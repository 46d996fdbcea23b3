resource "aws_vpc" "nothing" { # fail: connections in this network are not reco
  cidr_block = "10.0.0.0/16"
}

variable "on" { type = bool }

resource "aws_vpc" "own" { # pass
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "own" {
  vpc_id               = aws_vpc.own.id
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::logs"
  log_destination_type = "s3"
}

resource "aws_vpc" "maybe" { # unknown: may belong to it
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "maybe" {
  count                = var.on ? 1 : 0
  vpc_id               = aws_vpc.maybe.id
  traffic_type         = "ALL"
  log_destination      = "arn:aws:s3:::logs"
  log_destination_type = "s3"
}
