resource "aws_s3_bucket" "invoices" {
  bucket = "mycoco-invoices"
}

resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  role = "arn:aws:iam::111122223333:role/s3-replication"

  rule {
    id     = "replicate-all"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::org-replica"
    }
  }

  depends_on = [aws_s3_bucket_versioning.invoices]
}
