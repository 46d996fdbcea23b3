resource "aws_athena_workgroup" "reports" {
  name = "reports"

  configuration {
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
