variable "env" {
  default = "dev"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  encrypted         = var.env == "prod"
}

resource "aws_ebs_volume" "logs" {
  availability_zone = "us-east-1a"
  encrypted         = var.env == "prod" ? true : false
}
