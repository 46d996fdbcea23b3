# Credentials that stand in a text.
package trueline.lib.credentials

import rego.v1

# What a text holds; undefined where it holds none.
held(text) := "an access key of AWS" if regex.match(`(^|[^A-Z0-9])(A3T[A-Z0-9]|AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)`, text)

held(text) := "a private key" if {
	not access_key(text)
	regex.match(`-----BEGIN ([A-Z]+ )?PRIVATE KEY-----`, text)
}

held(text) := "a secret key of AWS" if {
	not access_key(text)
	not regex.match(`-----BEGIN ([A-Z]+ )?PRIVATE KEY-----`, text)
	secret_key(text)
}

access_key(text) if regex.match(`(^|[^A-Z0-9])(A3T[A-Z0-9]|AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)`, text)

# Forty characters as AWS makes them: with capitals, small letters and digits, and no path and no checksum.
secret_key(text) if {
	some run in regex.find_n(`[A-Za-z0-9/+]+`, text, -1)
	count(run) == 40
	regex.match(`[A-Z]`, run)
	regex.match(`[a-z]`, run)
	regex.match(`[0-9]`, run)
	not regex.match(`^/|[a-z]{9}`, run)
}

# The name of a variable that is there to hold a secret.
names_secret(name) if regex.match(pattern, name)

pattern := `(?i)(^|[_-])(password|passwd|pwd|secret|token|api_?key|private_?key|access_?key(_id)?|secret_?key|credentials?|connection_?string)$`
