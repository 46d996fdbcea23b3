resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id = aws_vpc.main.id

  log_destination      = "arn:aws:s3:::org-vpc-flow-logs"
  log_destination_type = "s3"
  traffic_type         = "ALL"
}
