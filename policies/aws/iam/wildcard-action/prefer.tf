resource "aws_s3_bucket" "uploads" {
  bucket = "mycoco-uploads"
}

resource "aws_iam_policy" "uploader" {
  name = "uploader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "${aws_s3_bucket.uploads.arn}/*"
    }]
  })
}
