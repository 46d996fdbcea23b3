resource "aws_sqs_queue" "pair" {
  count = 2
  tags  = count.index == 0 ? { Use = "jobs" } : { Use = "mail", Owner = "mail" }
}
