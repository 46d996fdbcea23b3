variable "name" {
  type = string
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:*:*:${var.name}"]
  }
}

resource "aws_iam_policy" "p" {
  name   = "${var.name}-inner"
  policy = data.aws_iam_policy_document.d.json
}
