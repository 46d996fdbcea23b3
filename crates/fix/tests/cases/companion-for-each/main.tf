locals {
  names = ["a", "b"]
}

resource "aws_s3_bucket" "many" {
  for_each = toset([
    for n in local.names : n
  ])
  bucket = each.key
}