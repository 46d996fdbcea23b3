resource "aws_sqs_dead_letter_queue" "failed" {
  name = "failed"
}
