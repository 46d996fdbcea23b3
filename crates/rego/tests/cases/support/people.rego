package cases.support.people

default_role := "reader"

admins contains "ada"

admins contains name if {
	some name, role in {"grace": "admin", "linus": "reader"}
	role == "admin"
}

role(name) := "admin" if name in admins

role(name) := default_role if not name in admins

ages := {"ada": 36, "grace": 85}

older[name] := age + 1 if some name, age in ages
