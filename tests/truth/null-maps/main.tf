# Maps with null entries, empty maps and blocks with nothing in them: the provider's older SDK drops some of these.
provider "aws" {
  region = "us-east-1"
}
variable "variables" {
  type    = map(string)
  default = {}
}
resource "aws_sqs_queue" "some" {
  tags = { a = "x", b = null }
}
resource "aws_sqs_queue" "none" {
  tags = { b = null }
}
resource "aws_sqs_queue" "empty" {
  tags = {}
}
resource "aws_lambda_function" "f" {
  for_each      = { empty = var.variables, null = { A = null }, unset = null, some = { A = null, B = "" }, late = { A = aws_sqs_queue.some.url } }
  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/x"
  image_uri     = "x"
  package_type  = "Image"
  environment {
    variables = each.value
  }
}
resource "aws_launch_template" "l" {
  tag_specifications {
    resource_type = "instance"
    tags          = { a = null }
  }
}
resource "aws_backup_plan" "p" {
  name = "p"
  rule {
    rule_name           = "r"
    target_vault_name   = "vault"
    recovery_point_tags = { a = null }
  }
}
resource "aws_vpc_security_group_egress_rule" "newer" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/8"
  tags              = { a = "1" }
}
