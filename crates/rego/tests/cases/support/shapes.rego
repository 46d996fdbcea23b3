package cases.support.shapes

area.circle := "round"

area.square := "edged"

label[kind].text := concat(" ", ["a", kind]) if some kind in ["circle", "square"]

label.line.text := "just a line"

corners[n] := names[n] if some n in [3, 4]

corners.many := "polygon"

names := {3: "triangle", 4: "square"}

deep.a.b.allow := true

deep.x.d.allow := false

deep.y[z] := "E" if z := "e"

sides contains n if some n in [3, 4]

scale(n) := n * 10
