data "aws_iam_policy_document" "p" {
  statement {
    # objects
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.p.json
}
