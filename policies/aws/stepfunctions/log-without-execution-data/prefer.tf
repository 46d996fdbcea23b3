resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.orders.arn}:*"
    level                  = "ALL"
    include_execution_data = true
  }
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/states/orders"
}
