tags = {
  Stage = "prod"
}
