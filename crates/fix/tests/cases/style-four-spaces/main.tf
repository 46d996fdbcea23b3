provider "aws" {
    region = "us-east-1"
}

resource "aws_eip" "a" {
    domain = "vpc"
    # why
    lifecycle {
        create_before_destroy = true
    }
}

resource "aws_eip" "b" {
    domain = "vpc"
    tags = { Name = "b" }
}
