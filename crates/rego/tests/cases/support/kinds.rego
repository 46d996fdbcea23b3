package cases.support.kinds

a.kind := "letter"

b.kind := "letter"

one.kind := "number"
