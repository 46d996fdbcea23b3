resource "a" "b" {
  count = var.x ? 1 : 0
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "${aws_s3_bucket.b.arn}/*"
    }]
  })
  dynamic "ingress" {
    for_each = { for i, p in var.ports : i => p }
    iterator = it
    content {
      from_port = it.value
      to_port   = it.value
    }
  }
  x = var.y
  y = var.y
  z = (a ?
  b : c)
  tags = merge(var.tags, { Name = "x" })
  u    = a == b && c > d || e <= f
  lifecycle { ignore_changes = [tags["a"], tags] }
}
variable "l" {
  type = list(string)
}
variable "m" {
  type = map(any)
  nested { type = "string" }
}
module "x" {
  source    = "./y"
  providers = { aws = aws.west, aws.east = aws.east }
}
unicode_é = "日本語"
日本        = 1
x         = "日本" # c
xyz       = 2    # d
