variable "settings" {
  type = object({ name = string, size = optional(number, 1) })
}
variable "rules" {
  type     = list(object({ port = number }))
  nullable = false
  default  = []
}
variable "anything" {}
