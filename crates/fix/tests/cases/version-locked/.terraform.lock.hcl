provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.31.0"
  constraints = ">= 3.0.0"
}
