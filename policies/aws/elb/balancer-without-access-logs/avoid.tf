resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0aaa1111", "subnet-0bbb2222"]
}
