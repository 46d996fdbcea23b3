resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"

  vpc_options {
    subnet_ids         = ["subnet-0aaa1111"]
    security_group_ids = ["sg-0ccc3333"]
  }
}
