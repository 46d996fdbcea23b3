variable "x" { type = string }

resource "aws_codebuild_project" "nothing" { # fail: what is built is encrypted with the key 
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
}

resource "aws_codebuild_project" "good" { # pass
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
  encryption_key = aws_kms_key.main.arn
}

resource "aws_codebuild_project" "open" { # unknown
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
  encryption_key = var.x
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

resource "aws_codebuild_project" "nothing_kept" { # pass
  name         = "checks"
  service_role = "arn:aws:iam::111122223333:role/build"

  source {
    type      = "NO_SOURCE"
    buildspec = "version: 0.2"
  }

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
}
