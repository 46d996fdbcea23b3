resource "random_pet" "name" {
  length = 2
}
