# Texts with the wildcards of IAM: `*` for any run of characters, `?` for one.
package trueline.lib.patterns

import rego.v1

# Nothing but wildcards, with at least one `*`.
only_wild(text) if regex.match(`^[*?]*\*[*?]*$`, text)

has_wildcard(text) := regex.match(`[*?]`, text)

# A pattern matches a text, or all that another pattern matches.
matches(pattern, text) if {
	regex.match(sprintf("^%s$", [replace(replace(literally(pattern), "*", ".*"), "?", ".")]), text)
	not longer(pattern, text)
}

literally(pattern) := regex.replace(pattern, `[.+()|\[\]{}^$\\]`, `\$0`)

# One `?` is not enough for what a `*` stands for.
longer(pattern, text) if {
	contains(pattern, "?")
	contains(text, "*")
}

# No text can be both: the fixed beginnings or ends differ.
apart(a, b) if {
	not matches(a, b)
	not matches(b, a)
	not has_wildcard(b)
}

apart(a, b) if {
	not matches(a, b)
	not matches(b, a)
	not has_wildcard(a)
}

apart(a, b) if {
	x := regex.replace(a, `[*?].*$`, "")
	y := regex.replace(b, `[*?].*$`, "")
	not startswith(x, y)
	not startswith(y, x)
}
