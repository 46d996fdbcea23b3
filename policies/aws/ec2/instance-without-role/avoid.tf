resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = "web"
}
