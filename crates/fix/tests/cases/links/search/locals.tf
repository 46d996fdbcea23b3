locals {
  tags = { Owner = "search" }
}
