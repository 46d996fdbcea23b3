variable "name" { type = string }
variable "dead" { type = bool }
variable "timeout" { type = number }

resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = var.timeout
  redrive_policy             = var.dead ? jsonencode({ deadLetterTargetArn = one(aws_sqs_queue.dead[*].arn), maxReceiveCount = 3 }) : null
}

resource "aws_sqs_queue" "dead" {
  count = var.dead ? 1 : 0
  name  = "${var.name}-dead"
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  count     = var.dead ? 1 : 0
  queue_url = aws_sqs_queue.dead[0].id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this.arn]
  })
}

output "name" {
  value = aws_sqs_queue.this.name
}
