variable "on" { type = bool }

resource "aws_guardduty_detector" "nothing" { # pass
}

resource "aws_guardduty_detector" "bad" { # fail
  enable = false
}

resource "aws_guardduty_detector" "good" { # pass
  enable = true
}

resource "aws_guardduty_detector" "open" { # unknown
  enable = var.on
}
