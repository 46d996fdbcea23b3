# Policy documents of all resources that hold one, statement by statement.
package trueline.lib.iam

import rego.v1

import data.trueline.lib.arns
import data.trueline.lib.holders as policy_holders
import data.trueline.lib.plan

# Which attribute of which type holds a policy.
holders := policy_holders.all

# Every document that can be looked into: its resource, route, kind and content.
documents := [document |
	some found in held
	not is_unknown(found.body)
	document := found
]

held := array.concat(
	[document |
		some type, attributes in holders
		some r in plan.resources(type)
		some route, body in r.documents
		kind := attributes[without_indexes(route)]
		document := {"resource": r, "route": route, "kind": kind, "body": body, "doubt": ""}
	],
	handed,
)

# Documents that are handed to modules which are not here: what becomes of them is not known, what they say is.
handed := [document |
	some call in data.trueline.handed
	some route, body in call.documents
	"Statement" in object.keys(body)
	document := {
		"resource": call,
		"route": route,
		"kind": kind_of(body),
		"body": body,
		"doubt": sprintf("what `%s` does with this policy is not known, its source is not here", [call.address]),
	}
]

# What a document is for, by what its statements say.
kind_of(body) := "identity" if not has_principals(body)

kind_of(body) := "key" if {
	has_principals(body)
	only_keys(body)
}

kind_of(body) := "resource" if {
	has_principals(body)
	not only_keys(body)
}

has_principals(body) if {
	some statement in statements(body)
	some member in ["Principal", "NotPrincipal"]
	member in object.keys(statement.body)
}

only_keys(body) if {
	every statement in statements(body) {
		every item in items(statement.body, "Action") {
			startswith(lower(item.value), "kms:")
		}
	}
}

without_indexes(route) := regex.replace(route, `\[[0-9]+\]`, "")

# What nobody can look into: a whole document that is neither decoded nor a reference that is decoded elsewhere, or statements
# of one that may be there.
unread := array.concat(array.concat(undecoded, masked), hidden)

undecoded := array.concat(
	[found |
		some type, attributes in holders
		some r in plan.resources(type)
		some route, unknown in r.unknown
		kind := attributes[without_indexes(route)]
		not r.documents[route]
		found := {"resource": r, "route": route, "kind": kind, "why": unknown.why}
	],
	[found |
		some document in held
		is_unknown(document.body)
		found := {
			"resource": document.resource,
			"route": document.route,
			"kind": document.kind,
			"why": document.body.why,
		}
	],
)

# Documents that are sensitive as a whole.
masked := [found |
	some type, attributes in holders
	some r in plan.resources(type)
	some route in r.sensitive
	kind := attributes[without_indexes(route)]
	not r.documents[route]
	not r.unknown[route]
	found := {"resource": r, "route": route, "kind": kind, "why": "it is sensitive as a whole"}
]

hidden := [found |
	some document in documents
	some part in hidden_statements(document.body)
	found := {
		"resource": document.resource,
		"route": sprintf("%s.%s", [document.route, part.at]),
		"kind": document.kind,
		"why": part.value.why,
	}
]

# Statements of which nothing is known, not even how many there are.
hidden_statements(body) := [{"at": "Statement", "value": body.Statement}] if is_unknown(body.Statement)

hidden_statements(body) := found if {
	is_array(body.Statement)
	found := [{"at": sprintf("Statement[%d]", [i]), "value": statement} |
		some i, statement in body.Statement
		is_unknown(statement)
	]
}

hidden_statements(body) := [{"at": "Statement", "value": body["trueline:rest"]}] if {
	is_unknown(body["trueline:rest"])
	not "Statement" in object.keys(body)
}

default hidden_statements(_) := []

# Every statement that allows something or may do so. `doubt` is why that is not certain, and empty where it is.
grants := [grant |
	some document in documents
	some statement in statements(document.body)
	body := completed(statement.body)
	doubt := first_doubt(document.doubt, effect_doubt(body))
	grant := {
		"resource": document.resource,
		"kind": document.kind,
		"document": document.route,
		"route": sprintf("%s.%s", [document.route, statement.at]),
		"body": body,
		"doubt": doubt,
	}
]

first_doubt(a, _) := a if a != ""

first_doubt("", b) := b

effect_doubt(body) := "" if body.Effect == "Allow"

effect_doubt(body) := "the effect is sensitive" if body.Effect == "(sensitive)"

effect_doubt(body) := body.Effect.why if {
	is_unknown(body.Effect)
	startswith("Allow", {true: "", false: body.Effect.prefix}[object.get(body.Effect, "prefix", null) == null])
}

# Every statement that allows something for certain.
allows := [grant |
	some grant in grants
	grant.doubt == ""
]

# The same grant, in doubt where conditions that nobody can look into may narrow it.
unless_narrowed(grant) := object.union(grant, {"doubt": why}) if {
	grant.doubt == ""
	why := open_condition(grant.body)
}

unless_narrowed(grant) := grant if grant.doubt != ""

unless_narrowed(grant) := grant if not open_condition(grant.body)

# Why it can't be said which conditions there are.
open_condition(body) := body.Condition.why if is_unknown(body.Condition)

open_condition(body) := reasons[0] if {
	is_object(body.Condition)
	not is_unknown(body.Condition)
	reasons := [tests.why | some tests in body.Condition; is_unknown(tests)]
	count(reasons) > 0
}

# Breaches of statements that allow for certain, as elements of `deny`.
certain(breaches) := {object.remove(breach, ["grant"]) |
	some breach in breaches
	breach.grant.doubt == ""
}

# The others, as elements of `unknown`.
doubtful(breaches, what) := {element |
	some breach in breaches
	breach.grant.doubt != ""
	element := {
		"address": breach.address,
		"route": breach.route,
		"msg": sprintf("whether %s can't be decided: %s", [what, breach.grant.doubt]),
		"why": breach.grant.doubt,
	}
}

# Statements of a document, each with its route inside; a single one need not be in a list.
statements(body) := found if {
	is_array(body.Statement)
	found := [{"at": sprintf("Statement[%d]", [i]), "body": statement} |
		some i, statement in body.Statement
		is_object(statement)
		not is_unknown(statement)
	]
}

statements(body) := [{"at": "Statement", "body": body.Statement}] if {
	is_object(body.Statement)
	not is_unknown(body.Statement)
}

default statements(_) := []

# A statement of which more members may be there than are seen has each of those that it lacks, not known.
completed(statement) := statement if not "trueline:rest" in object.keys(statement)

completed(statement) := object.union(lacking, object.remove(statement, ["trueline:rest"])) if {
	rest := object.union(statement["trueline:rest"], {"maybe": true})
	lacking := {member: rest |
		some group in [["Effect"], ["Action", "NotAction"], ["Resource", "NotResource"], ["Principal", "NotPrincipal"], ["Condition"]]
		every other in group {
			not other in object.keys(statement)
		}
		some member in group
	}
}

# A member that is there for certain.
has(body, member) if {
	member in object.keys(body)
	not body[member].maybe
}

# Items of an element that is a single value or a list, each with its route inside.
items(body, name) := found if {
	is_array(body[name])
	found := [{"at": sprintf("%s[%d]", [name, i]), "value": seen(value)} | some i, value in body[name]]
}

items(body, name) := [{"at": name, "value": seen(body[name])}] if {
	name in object.keys(body)
	not is_array(body[name])
}

default items(_, _) := []

# What is hidden because it is sensitive may be anything.
seen(value) := value if value != "(sensitive)"

seen("(sensitive)") := {
	"trueline:unknown": "sensitive",
	"why": "it is sensitive",
	"refers": [],
	"prefix": null,
	"suffix": null,
	"fixed": false,
}

# A leaf of a document that is not known.
is_unknown(value) if {
	is_object(value)
	value["trueline:unknown"]
}

# Why a leaf could still be `*`: nothing is known of it, and it is no id or ARN of something.
could_be_anything(value) if {
	is_unknown(value)
	not value.fixed
	object.get(value, "prefix", null) in {null, ""}
	object.get(value, "suffix", null) in {null, "", "*"}
}

# A resource that stands for all: `*`, or an ARN that leaves region, account and name open.
is_any_resource(value) if {
	is_string(value)
	arns.is_any(value)
}

# The wide items of a statement's `Resource`.
wide_resources(body) := [item |
	some item in items(body, "Resource")
	is_any_resource(item.value)
]

# Items of a statement's `Resource` that may turn out to be wide.
open_resources(body) := [item |
	some item in items(body, "Resource")
	could_be_anything(item.value)
]

# `Sid` of a statement for messages.
named(body) := sprintf(" (statement `%s`)", [body.Sid]) if {
	is_string(body.Sid)
	body.Sid != ""
}

named(body) := "" if not is_string(object.get(body, "Sid", null))

named(body) := "" if body.Sid == ""

# Resource types that an action's service deals with, with the attribute that holds the ARN.
service_types := {
	"autoscaling": ["aws_autoscaling_group"],
	"cloudfront": ["aws_cloudfront_distribution"],
	"codebuild": ["aws_codebuild_project"],
	"codepipeline": ["aws_codepipeline"],
	"codestar-connections": ["aws_codestarconnections_connection"],
	"dynamodb": ["aws_dynamodb_table"],
	"ec2": ["aws_instance", "aws_launch_template", "aws_security_group", "aws_subnet", "aws_vpc"],
	"ecr": ["aws_ecr_repository"],
	"ecs": ["aws_ecs_cluster", "aws_ecs_service", "aws_ecs_task_definition"],
	"eks": ["aws_eks_cluster"],
	"elasticfilesystem": ["aws_efs_file_system"],
	"elasticloadbalancing": ["aws_lb", "aws_lb_target_group"],
	"es": ["aws_opensearch_domain", "aws_elasticsearch_domain"],
	"events": ["aws_cloudwatch_event_bus", "aws_cloudwatch_event_rule"],
	"firehose": ["aws_kinesis_firehose_delivery_stream"],
	"glue": ["aws_glue_catalog_database", "aws_glue_catalog_table", "aws_glue_crawler", "aws_glue_job"],
	"iam": ["aws_iam_role", "aws_iam_user", "aws_iam_policy"],
	"kinesis": ["aws_kinesis_stream"],
	"kms": ["aws_kms_key"],
	"lambda": ["aws_lambda_function"],
	"logs": ["aws_cloudwatch_log_group"],
	"rds": ["aws_db_instance", "aws_rds_cluster"],
	"redshift": ["aws_redshift_cluster"],
	"s3": ["aws_s3_bucket"],
	"secretsmanager": ["aws_secretsmanager_secret"],
	"sns": ["aws_sns_topic"],
	"sqs": ["aws_sqs_queue"],
	"ssm": ["aws_ssm_parameter"],
	"states": ["aws_sfn_state_machine"],
	"sts": ["aws_iam_role"],
}

# ARNs of the module's own resources that a service deals with: what a statement could be narrowed to.
own(r, services) := sort({arn |
	some service in services
	some type in object.get(service_types, service, [])
	some candidate in plan.resources(type)
	candidate.module == r.module
	arn := reference_to(candidate)
})

# As it would be written in that module.
reference_to(candidate) := sprintf("%s.arn", [local_address]) if {
	candidate.module == ""
	local_address := candidate.address
}

reference_to(candidate) := sprintf("%s.arn", [trim_prefix(candidate.address, sprintf("%s.", [candidate.module]))]) if {
	candidate.module != ""
}

# The service of an action.
service_of(action) := lower(split(action, ":")[0])

# Where to look for what a statement could be narrowed to.
guidance(r, services) := sprintf("Resources of this module that it could be narrowed to: %s.", [plan.listed(arns, 6)]) if {
	arns := own(r, services)
	count(arns) > 0
}

guidance(r, services) := "This module has no resource of that service: name those of the modules or accounts that it works on." if {
	count(own(r, services)) == 0
}
