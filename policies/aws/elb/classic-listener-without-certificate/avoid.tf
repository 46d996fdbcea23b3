resource "aws_elb" "web" {
  name    = "web3"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
