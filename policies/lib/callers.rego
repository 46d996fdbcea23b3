# Condition keys that say who calls or for whom, and whether their values name somebody.
package trueline.lib.callers

import rego.v1

import data.trueline.lib.arns
import data.trueline.lib.patterns

# The first of these words that was found.
first(order, found, _) := [word | some word in order; word in found][0]

first(_, found, otherwise) := otherwise if count(found) == 0

# Whether those with one of these values of a key are named: `narrow`, `open` or `unknown`.
named(key, how, values) := first(["open", "unknown", "narrow"], {v | some value in values; v := value_of(kind, how, value)}, "narrow") if {
	kind := kind_of(key)
	kind != "network"
}

named(key, how, values) := networks(values) if {
	kind_of(key) == "network"
	how == "network"
}

named(key, how, values) := first(["open", "unknown", "narrow"], {v | some value in values; v := value_of("id", how, value)}, "narrow") if {
	kind_of(key) == "network"
	how != "network"
}

# A key of AWS that is newer than this list.
named(key, _, _) := "unknown" if {
	not kind_of(key)
	startswith(key, "aws:")
	not known_key(key)
}

named(key, _, _) := "open" if {
	not kind_of(key)
	not startswith(key, "aws:")
}

named(key, _, _) := "open" if {
	not kind_of(key)
	known_key(key)
}

says_who(key) if kind_of(key)

says_flag(key) if kind_of(key) == "flag"

kind_of(key) := kinds[key]

# What an identity provider says of a user.
kind_of(key) := "name" if {
	not kinds[key]
	regex.match(`^[^:]*[./][^:]*:(sub|aud|azp|oaud|amr|email)$`, key)
}

kinds := {
	"aws:chatbotsourcearn": "arn",
	"aws:ec2instancesourcevpc": "id",
	"aws:federatedprovider": "provider",
	"aws:principalaccount": "id",
	"aws:principalarn": "arn",
	"aws:principalisawsservice": "flag",
	"aws:principalorgid": "id",
	"aws:principalorgpaths": "path",
	"aws:principalservicename": "service",
	"aws:principalservicenameslist": "service",
	"aws:resourceaccount": "mirror",
	"aws:resourceorgid": "mirror",
	"aws:resourceorgpaths": "mirror",
	"aws:sourceaccount": "id",
	"aws:sourcearn": "arn",
	"aws:sourceip": "network",
	"aws:sourceorgid": "id",
	"aws:sourceorgpaths": "path",
	"aws:sourceowner": "id",
	"aws:sourcevpc": "id",
	"aws:sourcevpcarn": "arn",
	"aws:sourcevpce": "id",
	"aws:userid": "user",
	"aws:vpceaccount": "id",
	"aws:vpceorgid": "id",
	"aws:vpceorgpaths": "path",
	"cognito-identity-auth:accountid": "id",
	"ec2:sourceinstancearn": "arn",
	"elasticfilesystem:accessedviamounttarget": "flag",
	"identitystore:userid": "id",
	"kms:calleraccount": "id",
	"lambda:eventsourcetoken": "name",
	"lambda:sourcefunctionarn": "arn",
	"s3-outposts:dataaccesspointaccount": "id",
	"s3:dataaccesspointaccount": "id",
	"s3:dataaccesspointarn": "arn",
	"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn",
	"s3express:dataaccesspointaccount": "id",
	"sns:endpoint": "name",
	"ssm:nodeaccountid": "id",
	"ssm:nodeorgid": "id",
	"ssm:sourceinstancearn": "arn",
	"vpc-lattice-svcs:sourcevpc": "id",
	"vpc-lattice-svcs:sourcevpcowneraccount": "id",
}

# Keys of all services that anybody can satisfy: tags and names are given by each account as it likes, private addresses are
# the same in every network, and the rest is about time and manner.
known_key(key) if regex.match(`^aws:(principaltag|requesttag|resourcetag)/|^aws:tagkeys$`, key)

known_key(key) if key in {
	"aws:assumedroot",
	"aws:calledvia",
	"aws:calledviaawsmcp",
	"aws:calledviafirst",
	"aws:calledvialast",
	"aws:currenttime",
	"aws:ec2instancesourceprivateipv4",
	"aws:epochtime",
	"aws:ismcpserviceaction",
	"aws:multifactorauthage",
	"aws:multifactorauthpresent",
	"aws:principaltype",
	"aws:referer",
	"aws:requestedregion",
	"aws:securetransport",
	"aws:sourceidentity",
	"aws:tokenissuetime",
	"aws:useragent",
	"aws:username",
	"aws:viaawsmcpservice",
	"aws:viaawsservice",
	"aws:vpcsourceip",
}

# Keys that every request has, signed or not.
always_there := {"aws:principalaccount": true, "kms:calleraccount": true}

# Keys that only a service has that calls for itself.
only_services := {"aws:principalservicename": true, "aws:principalservicenameslist": true}

# One value.
value_of("mirror", _, value) := mirrored(value)

value_of(kind, how, value) := text_of(kind, how, resolved) if {
	kind != "mirror"
	is_known(value)
	resolved := without_variables(as_text(value))
	not contains(resolved, "${")
}

value_of(kind, _, value) := "unknown" if {
	kind != "mirror"
	is_known(value)
	contains(without_variables(as_text(value)), "${")
}

value_of(kind, how, value) := between(text_of(kind, how, filled(kind, value)), text_of(kind, how, with_star(value)), sure(value)) if {
	not kind in {"mirror", "flag"}
	is_unknown(value)
}

value_of("flag", _, value) := "unknown" if is_unknown(value)

value_of(kind, _, value) := "unknown" if {
	kind != "mirror"
	not is_known(value)
	not is_unknown(value)
}

default value_of(_, _, _) := "unknown"

# The best that an unknown part can be, and the worst.
between("open", _, _) := "open"

between(best, _, true) := best if best != "open"

between(best, worst, false) := best if {
	best != "open"
	best == worst
}

between(best, worst, false) := "unknown" if {
	best != "open"
	best != worst
}

is_unknown(value) if {
	is_object(value)
	value["trueline:unknown"]
}

is_known(value) if {
	is_string(value)
	value != "(sensitive)"
}

is_known(value) if is_number(value)

is_known(value) if is_boolean(value)

as_text(value) := value if is_string(value)

as_text(value) := sprintf("%v", [value]) if not is_string(value)

# An id or ARN of a resource, or the account that a data source names: there is a value, and it is no wildcard.
sure(value) if value["trueline:unknown"] in {"computed", "plan"}

sure(value) if {
	value["trueline:unknown"] == "data"
	some ref in value.refers
	regex.match(`\.(id|arn|account_id|master_account_id|owner_id|user_id|unique_id)$`, ref)
}

default sure(_) := false

piece(value, name) := value[name] if is_string(value[name])

default piece(_, _) := ""

filled("arn", value) := concat("", ["arn:aws:sns:eu-west-1:000000000000:x", piece(value, "suffix")]) if piece(value, "prefix") == ""

filled(kind, value) := concat("", [piece(value, "prefix"), "000000000000", piece(value, "suffix")]) if {
	not whole_arn(kind, value)
}

whole_arn("arn", value) if piece(value, "prefix") == ""

with_star(value) := concat("", [piece(value, "prefix"), "*", piece(value, "suffix")])

# Variables of IAM that stand for whose the resource is, and escaped wildcards, are as good as written out.
without_variables(text) := regex.replace(
	regex.replace(text, `(?i)\$\{aws:resource(account|orgid|orgpaths)\}`, "000000000000"),
	`\$\{[*?$]\}`,
	"-",
)

# `aws:ResourceAccount` = `${aws:PrincipalAccount}` says that the caller is of the resource's account.
mirrored(value) := "narrow" if {
	is_string(value)
	regex.match(`(?i)^\$\{aws:(principal|source|vpce)(account|orgid|orgpaths)\}$`, value)
}

mirrored(value) := "unknown" if not is_string(value)

default mirrored(_) := "open"

# Whether a text names somebody; `*` and `?` are wildcards for operators that take them as such.
text_of("service", _, _) := "narrow"

text_of("flag", _, text) := {true: "narrow", false: "open"}[lower(text) == "true"]

text_of("provider", "exact", text) := {true: "narrow", false: "open"}[startswith(text, "arn:")]

text_of("provider", "like", text) := of_arn(text) if startswith(text, "arn:")

text_of("provider", "like", text) := "open" if not startswith(text, "arn:")

text_of("provider", "network", _) := "open"

text_of(kind, "exact", _) := "narrow" if kind in {"id", "path", "arn", "user", "name"}

text_of(kind, "network", _) := "open" if kind in {"id", "path", "arn", "user", "name"}

text_of("id", "like", text) := {true: "open", false: "narrow"}[patterns.has_wildcard(text)]

text_of("path", "like", text) := {true: "open", false: "narrow"}[patterns.has_wildcard(split(text, "/")[0])]

text_of("user", "like", text) := {true: "open", false: "narrow"}[regex.match(`[*?]|^$`, split(text, ":")[0])]

text_of("arn", "like", text) := of_arn(text)

text_of("name", "like", text) := of_arn(text) if startswith(text, "arn:")

text_of("name", "like", text) := {true: "open", false: "narrow"}[regex.match(`^([a-z]+:/*)?[*?./@:]*$`, text)] if {
	not startswith(text, "arn:")
}

of_arn(text) := {"fixed": "narrow", "open": "open", "unknown": "unknown"}[arns.owner(text)]

# Networks are together as wide as what they cover: both halves of a space are all of it. S3 and others take what is wider
# than /8 (IPv4) or /32 (IPv6) for the internet, but for networks that are private.
networks(values) := "open" if {
	some net in net.cidr_merge([text | some text in values; is_string(text); net.cidr_is_valid(text)])
	broad(net)
}

networks(values) := "unknown" if {
	not too_broad(values)
	some value in values
	open_network(value)
}

networks(values) := "narrow" if {
	not too_broad(values)
	every value in values {
		not open_network(value)
	}
}

too_broad(values) if {
	some net in net.cidr_merge([text | some text in values; is_string(text); net.cidr_is_valid(text)])
	broad(net)
}

broad(net) if {
	not contains(net, ":")
	to_number(split(net, "/")[1]) < 8
}

broad(net) if {
	contains(net, ":")
	to_number(split(net, "/")[1]) < 32
	not regex.match(`^f[cd]`, net)
}

# One address is narrow whichever it is.
open_network(value) if {
	is_unknown(value)
	not value["trueline:unknown"] in {"computed", "plan"}
	not regex.match(`/(3[2-9]|[4-9][0-9]|1[0-2][0-9])$`, piece(value, "suffix"))
}

open_network("(sensitive)")

open_network(value) if {
	not is_unknown(value)
	not is_string(value)
}
