resource "aws_autoscaling_group" "web" {
  min_size             = 1
  max_size             = 3
  vpc_zone_identifier  = ["subnet-0aaa1111", "subnet-0bbb2222"]
  launch_configuration = "web"
}
