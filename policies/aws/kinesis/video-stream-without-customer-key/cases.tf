variable "key" { type = string }

resource "aws_kinesis_video_stream" "nothing" { # fail: the video stream is encrypted with the k
  name = "door"
}

resource "aws_kinesis_video_stream" "good1" { # pass
  name       = "door"
  kms_key_id = aws_kms_key.own.arn
}

resource "aws_kinesis_video_stream" "good2" { # pass
  name       = "door"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_kinesis_video_stream" "open" { # unknown
  name       = "door"
  kms_key_id = var.key
}

resource "aws_kms_key" "own" {
}
