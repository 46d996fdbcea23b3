# Data of the site.
resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 10    # GiB
  encrypted         = false # for now
}

resource "aws_ebs_volume" "logs" {
  availability_zone = "us-east-1a"

  tags = {
    Name = "logs"
  }
}
