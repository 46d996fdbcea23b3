resource "aws_redshiftserverless_namespace" "main" {
  namespace_name = "reports"
}
