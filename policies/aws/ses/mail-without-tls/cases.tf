variable "text" { type = string }

resource "aws_ses_configuration_set" "nothing" { # fail: mail may be sent in plain form
  name = "orders"
}

resource "aws_ses_configuration_set" "bad" { # fail
  name = "orders"

  delivery_options {
    tls_policy = "Optional"
  }
}

resource "aws_ses_configuration_set" "good" { # pass
  name = "orders"

  delivery_options {
    tls_policy = "Require"
  }
}

resource "aws_ses_configuration_set" "open" { # unknown
  name = "orders"

  delivery_options {
    tls_policy = var.text
  }
}
