variable "v" { default = 18446744073709551617 }
variable "w" { type = number }
variable "j" { type = any }
locals { big = 1000000000000000000000000000000 }
output "lit" { value = [18446744073709551617, 18446744073709551616, 1e30, 0.1, 1e-7, 1 / 3, 123456789012345678901234567890, -0, 2.5, 1e22, 1e21, 100000000000000000000, 9007199254740993, 0.5e-20, 1.0, 10 / 3, -1 / 3, 9223372036854775807, 9223372036854775808, -9223372036854775808] }
output "comp" { value = { p = pow(2, 70), q = pow(10, 25), r = 2 * 9223372036854775807, s = local.big * local.big, t = 1e-100 * 1, l = log(10, 3), m = 0.1 + 0.2, d = jsondecode("123456789012345678901234567890"), e = jsondecode("{\"a\": 1e50, \"b\":0.10, \"c\":-0}"), f = parseint("zzzzzzzzzzzzzzzzzzzzz", 36), g = 1 / 1180591620717411303424, h = pow(2, -70), i = pow(2, 60), k = pow(2, 63), l2 = 1 / 8, m2 = 60 * 60 * 24 } }
output "c" { value = [60 * 60 * 24, -(1 / 4), 7 % 4, 1 / pow(1, 1)] }
output "d" { value = [60 * 60 * 24, -(1 / 4), 7 % 4] }
output "v" { value = var.v }
output "w" { value = var.w }
output "j" { value = var.j }
output "enc" { value = jsonencode([18446744073709551616, 1e30, 0.1, 1 / 3, -0, pow(2, 70), 1e-7]) }
resource "terraform_data" "a" { input = [18446744073709551617, 18446744073709551616, 1e30, 0.1, 1 / 3, var.w] }
