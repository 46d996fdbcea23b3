resource "aws_codebuild_project" "orders" {
  name         = "orders"
  service_role = "arn:aws:iam::111122223333:role/build"

  source {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  artifacts {
    type                = "S3"
    location            = "builds"
    encryption_disabled = false
  }
}
