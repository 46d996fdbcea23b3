resource "aws_kinesis_video_stream" "main" {
  name = "door"
}
