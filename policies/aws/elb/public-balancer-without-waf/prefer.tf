resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn

  web_acl_arn = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/org/11111111-2222-3333-4444-555555555555"
}
