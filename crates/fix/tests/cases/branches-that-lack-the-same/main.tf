variable "prod" {
  type    = bool
  default = false
}

resource "aws_sqs_queue" "team" {
  tags = var.prod ? { Env = "prod" } : { Env = "dev" }
}
