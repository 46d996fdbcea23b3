# How wide an ARN pattern is.
package trueline.lib.arns

import rego.v1

import data.trueline.lib.patterns

# Partition, service, region, account and resource; undefined for what has fewer parts.
parts(arn) := {"partition": p[1], "service": p[2], "region": p[3], "account": p[4], "resource": concat(":", array.slice(p, 5, count(p)))} if {
	p := split(arn, ":")
	count(p) >= 6
}

# A resource that stands for all that a service has: `*`, or an ARN that leaves region, account and name open. The names of
# buckets need no account, so `arn:aws:s3:::*/*` is every object.
is_any(value) if patterns.only_wild(value)

is_any(value) if {
	p := open_place(value)
	regex.match(`^[*?/:]*\*[*?/:]*$`, p.resource)
}

is_any(value) if {
	p := open_place(value)
	p.resource == ""
}

# Every resource of one type: `arn:aws:dynamodb:*:*:table/*`. What stands before the first `/` in S3 is a name, no type.
is_any_of_type(value) if {
	p := open_place(value)
	p.service != "s3"
	regex.match(`^/?[A-Za-z][A-Za-z0-9-]*([/:][*?]*\*[*?]*)+$`, p.resource)
}

# Neither region nor account is said.
open_place(value) := p if {
	startswith(value, "arn:")
	p := parts(value)
	every part in [p.region, p.account] {
		blank(part)
	}
}

blank("")

blank(part) if patterns.only_wild(part)

# Whose something is that an ARN pattern matches: `fixed` if nobody else can have it, `open` if anybody can make something
# that matches, else `unknown`.
owner(pattern) := "fixed" if not patterns.has_wildcard(pattern)

owner(pattern) := "open" if {
	patterns.has_wildcard(pattern)
	not parts(pattern)
	not regex.match(`:[0-9]{12}([:*]|$)`, pattern)
}

owner(pattern) := "fixed" if {
	patterns.has_wildcard(pattern)
	not parts(pattern)
	regex.match(`:[0-9]{12}([:*]|$)`, pattern)
}

owner(pattern) := whose(parts(pattern)) if patterns.has_wildcard(pattern)

whose(p) := "fixed" if regex.match(`^([0-9]{12}|aws)$`, p.account)

# Buckets have no account in their ARN, but names that are given once in the world. Access points do have one.
whose(p) := {true: "open", false: "fixed"}[regex.match(`[*?]|^$`, bucket)] if {
	bucket_of_nobody(p)
	bucket := split(p.resource, "/")[0]
}

whose(p) := "fixed" if {
	not named_account(p)
	not bucket_of_nobody(p)
	has_unique_id(p.resource)
}

whose(p) := "open" if {
	not named_account(p)
	not bucket_of_nobody(p)
	not has_unique_id(p.resource)
	p.account != ""
}

# Other resources without account: a hosted zone, a REST API.
whose(p) := "fixed" if {
	p.account == ""
	p.service != "s3"
	not has_unique_id(p.resource)
	not patterns.has_wildcard(p.resource)
}

whose(p) := "open" if {
	p.account == ""
	p.service != "s3"
	patterns.has_wildcard(p.resource)
	regex.match(`^/?([A-Za-z-]*[/:])*[*?/:]+$`, p.resource)
}

whose(p) := "unknown" if {
	p.account == ""
	p.service != "s3"
	not has_unique_id(p.resource)
	patterns.has_wildcard(p.resource)
	not regex.match(`^/?([A-Za-z-]*[/:])*[*?/:]+$`, p.resource)
}

named_account(p) if regex.match(`^([0-9]{12}|aws)$`, p.account)

bucket_of_nobody(p) if {
	p.service == "s3"
	blank(p.account)
	not regex.match(`^accesspoint[/:]`, p.resource)
}

# An id that AWS gives out once, such as `vpc-0a1b2c3d4e5f60718`, a UUID, or the id of a distribution.
has_unique_id(resource) if regex.match(
	`(^|[/:])([a-z]+-[0-9a-f]{8}([0-9a-f]{9})?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|distribution/E[0-9A-Z]{8,})($|[/:])`,
	resource,
)
