variable "environment" {
  description = "The stage."
  type        = string
  default     = "dev"
}

module "storage" {
  source = "./storage"
}
