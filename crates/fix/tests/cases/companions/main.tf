resource "aws_s3_bucket" "site" {
  bucket = "site"
} # the site

output "name" {
  value = aws_s3_bucket.site.id
}
