resource "aws_iam_policy" "p" {
  name   = "p"
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "s3:*",
          "Resource": "${aws_s3_bucket.b.arn}/*"
        }
      ]
    }
  EOT
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}
