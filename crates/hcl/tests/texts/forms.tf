locals {
  a = 1 + 2 * 3 - -4 / (5 % 2)
  b = !true && false || x != y ? "a" : b ? 1.5e3 : null
  c = [for k, v in var.x : upper(v) if v != ""]
  d = { for k, v in var.x : k => v... if k == "a" }
  e = { a = 1, "b" : 2, (var.c) = 3, var.d = 4
    f = 5
  }
  f = aws_instance.x[*].id
  g = aws_instance.x.*.id
  h = foo.0.bar["baz"][0].*.q
  i = provider::aws::arn_parse("x", var.list...)
  j = "a ${b} %{if x}yes%{else}no%{endif} %{for a in b~} ${a} %{~endfor}"
  k = <<EOT
hello
  ${world~}
   x
EOT
  l = <<-EOT
    a
      b $${c} %%{d}
    %{if x}
    e
    %{endif~}
    f
  EOT
  m = "\u00e9\n\t\"\\"
  n = (
    a
    + b
  )
  o = [
    1, 2,
    3
  ]
  p = foo(
    a,
    { b = c }
  )
  q = a.b[c.d["e"]].f[*].g[*].h
  r = {}
  s = []
  t = -x
  u = !x
  v = [[1, 2], [3]]
  w = "x"
  x = x["a"].b
  y = merge({
    a  = 1
    bb = 2
    }, {
    c = 3
  })
  z = [for x in [1, 2] : x]
}
variable "v" { default = 1 }
variable "w" {}
block "label" "quoted" "other" {
  a = 1 # one
  # two
  bbb = 2 // three
  c = [   # open
    1,    # one
    22,   # two
  ]
  nested {
    x = 1
  }
}
