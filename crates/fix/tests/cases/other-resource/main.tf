resource "aws_kms_key" "k" {}

resource "aws_sqs_queue" "q" {
  name = "q"
}
