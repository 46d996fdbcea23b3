variable "prefix" {}
variable "queue" {
  type = object({ name = string, fifo = bool, delay = number })
}
variable "timeout" {
  type = number
  validation {
    condition     = var.timeout <= 43200
    error_message = "too long"
  }
}
resource "aws_sqs_queue" "q" {
  name                       = join("", ["${var.prefix}-${var.queue.name}", var.queue.fifo ? ".fifo" : ""])
  fifo_queue                 = var.queue.fifo ? true : null
  delay_seconds              = coalesce(var.queue.delay, 0)
  visibility_timeout_seconds = var.timeout
}
output "name" { value = aws_sqs_queue.q.name }
output "arn" { value = aws_sqs_queue.q.arn }
