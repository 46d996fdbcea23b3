provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_s3_bucket" "many" {
  count = 2

  bucket   = "many-${count.index}"
  provider = aws.west
}
