resource "aws_sqs_queue" "q" {
  count                     = 2
  name                      = "q-${count.index}"
  message_retention_seconds = 60
}

resource "aws_sqs_queue" "single" {
  name = "single"
}
