variable "names" {
  type    = set(string)
  default = ["dev"]
}

resource "aws_sqs_queue" "team" {
  for_each = var.names
  name     = each.key
}
