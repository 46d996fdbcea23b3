variable "x" { type = string }

resource "aws_codepipeline" "bad" { # fail
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "orders-artifacts"
    type     = "S3"
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
    }
  }

  stage {
    name = "Build"

    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
    }
  }
}

resource "aws_codepipeline" "good" { # pass
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "orders-artifacts"
    type     = "S3"

    encryption_key {
      id   = aws_kms_key.main.arn
      type = "KMS"
    }
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
    }
  }

  stage {
    name = "Build"

    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
    }
  }
}

resource "aws_codepipeline" "open" { # unknown
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "orders-artifacts"
    type     = "S3"

    encryption_key {
      id   = var.x
      type = "KMS"
    }
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
    }
  }

  stage {
    name = "Build"

    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
    }
  }
}

resource "aws_kms_key" "main" {
  enable_key_rotation = true
}
