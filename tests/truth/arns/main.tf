provider "aws" {
  region = "eu-west-1"
}
data "aws_arn" "role" {
  arn = "arn:aws:iam::123456789012:role/path/x"
}
data "aws_arn" "log" {
  arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/x:*"
}
data "aws_arn" "late" {
  arn = aws_sqs_queue.q.arn
}
data "aws_region" "r" {}
resource "aws_sqs_queue" "q" {
  name = "q-${data.aws_arn.role.account}"
  tags = {
    partition = data.aws_arn.log.partition
    service   = data.aws_arn.log.service
    region    = data.aws_arn.log.region
    resource  = data.aws_arn.log.resource
    role      = data.aws_arn.role.resource
    empty     = "<${data.aws_arn.role.region}>"
    id        = data.aws_arn.role.id
  }
}
resource "aws_sqs_queue" "dlq" {
  name = "dlq-${data.aws_region.r.name}"
  tags = { late = data.aws_arn.late.account, region = data.aws_arn.late.region }
}
