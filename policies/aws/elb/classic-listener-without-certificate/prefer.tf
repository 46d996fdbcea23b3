resource "aws_elb" "web" {
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port      = 443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }
}
