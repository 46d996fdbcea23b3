resource "aws_imagebuilder_component" "orders" {
  name     = "tools"
  platform = "Linux"
  version  = "1.0.0"
  data     = "name: tools"
}
