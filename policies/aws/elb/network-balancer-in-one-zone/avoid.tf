resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
  subnets            = ["subnet-0aaa1111", "subnet-0bbb2222"]
}
