variable "name" {
  type = string
}

variable "replicas" {
  type    = number
  default = 1
}

variable "settings" {
  type = object({
    size  = optional(string, "small")
    extra = optional(object({ debug = optional(bool, false) }), {})
  })
  default  = {}
  nullable = false
}

module "queue" {
  source  = "../queue"
  count   = var.replicas
  name    = "${var.name}-${count.index}"
  dead    = var.settings.size == "large"
  timeout = { small = 30, large = 300 }[var.settings.size]
}

resource "aws_cloudwatch_log_group" "l" {
  name              = "/env/${var.name}"
  retention_in_days = var.settings.extra.debug ? 1 : 90
}

output "names" {
  value = module.queue[*].name
}
