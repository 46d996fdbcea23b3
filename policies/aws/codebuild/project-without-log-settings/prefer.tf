resource "aws_codebuild_project" "orders" {
  name         = "orders"
  service_role = "arn:aws:iam::111122223333:role/build"

  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    cloudwatch_logs {
      group_name = "/build/orders"
    }
  }
}
