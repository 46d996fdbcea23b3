variable "on" { type = bool }

resource "aws_mq_broker" "nothing" { # fail: who administered the broker is not recor
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  user {
    username = "orders"
    password = "from-a-secret-1"
  }
}

resource "aws_mq_broker" "bad" { # fail
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  user {
    username = "orders"
    password = "from-a-secret-1"
  }

  logs {
    audit = false
  }
}

resource "aws_mq_broker" "good" { # pass
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  user {
    username = "orders"
    password = "from-a-secret-1"
  }

  logs {
    audit = true
  }
}

resource "aws_mq_broker" "open" { # unknown
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"

  user {
    username = "orders"
    password = "from-a-secret-1"
  }

  logs {
    audit = var.on
  }
}
