# The name of the second argument lacks a letter.
resource "aws_sqs_queue" "jobs" {
  name         = "jobs"
  delay_second = 5
}
