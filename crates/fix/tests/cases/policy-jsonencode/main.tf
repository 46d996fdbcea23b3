resource "aws_iam_policy" "p" {
  name = "p"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*" # all
      Resource = "${aws_s3_bucket.b.arn}/*"
    }]
  })
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}
