resource "aws_ssm_parameter" "main" {
  name  = "/orders/host"
  type  = "SecureString"
  value = "a"
}
