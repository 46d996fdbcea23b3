# METADATA
# title: Policy that lets everybody in
# description: >-
#   `Principal: "*"` means every AWS account, and for many services everybody on the internet. Without a condition that names who is
#   meant, nothing but the secrecy of the name protects the resource.
# custom:
#   id: aws/iam/public-principal
#   severity: high
#   profile: baseline
#   resources:
#     - aws_acmpca_policy
#     - aws_api_gateway_domain_name
#     - aws_api_gateway_rest_api
#     - aws_api_gateway_rest_api_policy
#     - aws_backup_vault_policy
#     - aws_cloudsearch_domain_service_access_policy
#     - aws_cloudwatch_event_bus_policy
#     - aws_cloudwatch_log_delivery_destination_policy
#     - aws_cloudwatch_log_destination_policy
#     - aws_cloudwatch_log_resource_policy
#     - aws_codeartifact_domain_permissions_policy
#     - aws_codeartifact_repository_permissions_policy
#     - aws_codebuild_resource_policy
#     - aws_dynamodb_resource_policy
#     - aws_ecr_registry_policy
#     - aws_ecr_repository_creation_template
#     - aws_ecr_repository_policy
#     - aws_ecrpublic_repository_policy
#     - aws_efs_file_system_policy
#     - aws_elasticsearch_domain
#     - aws_elasticsearch_domain_policy
#     - aws_glacier_vault
#     - aws_glacier_vault_lock
#     - aws_glue_resource_policy
#     - aws_iam_role
#     - aws_kinesis_resource_policy
#     - aws_kms_external_key
#     - aws_kms_key
#     - aws_kms_key_policy
#     - aws_kms_replica_external_key
#     - aws_kms_replica_key
#     - aws_lambda_permission
#     - aws_media_store_container_policy
#     - aws_msk_cluster_policy
#     - aws_networkfirewall_resource_policy
#     - aws_oam_sink_policy
#     - aws_opensearch_domain
#     - aws_opensearch_domain_policy
#     - aws_organizations_resource_policy
#     - aws_redshift_resource_policy
#     - aws_redshiftserverless_resource_policy
#     - aws_s3_access_point
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_s3control_access_grants_instance_resource_policy
#     - aws_s3control_access_point_policy
#     - aws_s3control_bucket_policy
#     - aws_s3control_multi_region_access_point_policy
#     - aws_s3control_object_lambda_access_point_policy
#     - aws_s3tables_table_bucket_policy
#     - aws_s3tables_table_policy
#     - aws_sagemaker_model_package_group_policy
#     - aws_schemas_registry_policy
#     - aws_secretsmanager_secret
#     - aws_secretsmanager_secret_policy
#     - aws_ses_identity_policy
#     - aws_sesv2_email_identity_policy
#     - aws_sns_topic
#     - aws_sns_topic_policy
#     - aws_sqs_queue
#     - aws_sqs_queue_policy
#     - aws_vpclattice_auth_policy
#     - aws_vpclattice_resource_policy
#     - aws_xray_resource_policy
#     - awscc_iam_role
#     - awscc_kms_key
#     - awscc_s3_bucket_policy
#     - awscc_sns_topic_policy
#     - awscc_sqs_queue_policy
#     - module
#   controls:
#     soc2: [CC6.1, CC6.6]
#     nist-800-53-r5: [AC-3, AC-6, AC-21]
#     pci-dss-4.0: ['7.2.1', '7.3.3']
#     hipaa: ['164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.3]
#   aliases:
#     - CKV_AWS_32
#     - CKV_AWS_33
#     - CKV_AWS_60
#     - CKV_AWS_70
#     - CKV_AWS_168
#     - CKV_AWS_169
#     - CKV_AWS_283
#     - CKV_AWS_301
#     - CKV_AWS_387
#     - CKV_AWS_392
#     - AVD-AWS-0032
#     - AWS-0032
#     - AVD-AWS-0067
#     - AWS-0067
#     - 7ebc9038-0bde-479a-acc4-6ed7b6758899
#     - abb06e5f-ef9a-4a99-98c6-376d396bfcdf
#     - 7af43613-6bb9-4a0e-8c4d-1314b799425e
#     - b26d2b7e-60f6-413d-a3a1-a57db24aa2b3
#     - e86e26fc-489e-44f0-9bcd-97305e4ba69a
#   help: Name the accounts, roles or services that are meant, or add a condition such as `aws:PrincipalOrgID` or `aws:SourceArn`.
package trueline.rules.aws.iam.public_principal

import rego.v1

import data.trueline.lib.callers
import data.trueline.lib.conditions
import data.trueline.lib.denials
import data.trueline.lib.iam
import data.trueline.lib.plan

deny contains finding if some finding in iam.certain(breaches)

unknown contains finding if some finding in iam.doubtful(breaches, "everybody is let in")

breaches contains {
	"grant": allow,
	"address": allow.resource.address,
	"route": sprintf("%s.%s", [allow.route, found.at]),
	"msg": sprintf("`Principal` is \"*\"%s%s: everybody may %s", [iam.named(allow.body), in_spite(allow.body), doing(allow)]),
	"severity": severity(allow),
	"help": help(allow),
} if {
	some allow in statements
	some found in everybody(allow.body)
}

breaches contains {
	"grant": allow,
	"address": allow.resource.address,
	"route": sprintf("%s.NotPrincipal", [allow.route]),
	"msg": sprintf("`Allow` with `NotPrincipal`%s: everybody but those named may %s", [iam.named(allow.body), doing(allow)]),
} if {
	some allow in statements
	iam.has(allow.body, "NotPrincipal")
}

# Lambda's own way of writing it.
deny contains {
	"address": r.address,
	"route": "principal",
	"msg": sprintf("`principal` is \"*\" and nothing says from which account: everybody may %s", [doing_lambda(r)]),
	"help": "Name the account or service, or add `source_account`, `source_arn` or `principal_org_id`.",
} if {
	some r in plan.resources("aws_lambda_permission")
	r.values.principal == "*"
	conditions.who(lambda_statement(r)) == "open"
}

unknown contains {
	"address": r.address,
	"route": "principal",
	"msg": sprintf("whether everybody is let in can't be decided: %s", [conditions.why(lambda_statement(r))]),
	"why": conditions.why(lambda_statement(r)),
} if {
	some r in plan.resources("aws_lambda_permission")
	r.values.principal == "*"
	conditions.who(lambda_statement(r)) == "unknown"
}

unknown contains plan.undecided(r, "principal", "everybody is let in") if {
	some r in plan.resources("aws_lambda_permission")
	plan.open_reference(r, "principal")
	not r.unknown.principal.fixed
	conditions.who(lambda_statement(r)) != "narrow"
}

# The statement that Lambda makes of the arguments.
lambda_statement(r) := {"Condition": object.union_n([condition |
	some attribute, written in lambda_conditions
	value := lambda_value(r, attribute)
	condition := {written.operator: {written.key: value}}
])}

lambda_conditions := {
	"principal_org_id": {"operator": "StringEquals", "key": "aws:PrincipalOrgID"},
	"source_account": {"operator": "StringEquals", "key": "aws:SourceAccount"},
	"source_arn": {"operator": "ArnLike", "key": "aws:SourceArn"},
}

lambda_value(r, attribute) := r.values[attribute] if {
	not r.unknown[attribute]
	not r.values[attribute] in {null, ""}
}

lambda_value(r, attribute) := object.union({"trueline:unknown": r.unknown[attribute].reason}, r.unknown[attribute]) if {
	r.unknown[attribute]
}

# A statement is told of once, at the first principal that is not known: what holds for one of a list holds for the others.
unknown contains {
	"address": allow.resource.address,
	"route": sprintf("%s.%s", [allow.route, first.at]),
	"msg": sprintf("whether everybody is let in can't be decided: %s%s", [first.value.why, others(open)]),
	"why": first.value.why,
} if {
	some allow in statements
	open := [item | some item in principals(allow.body); iam.could_be_anything(item.value)]
	first := open[0]
}

others(open) := "" if count(open) == 1

others(open) := sprintf(", and %d more principals are not known either", [count(open) - 1]) if count(open) > 2

others(open) := ", and another principal is not known either" if count(open) == 2

unknown contains {
	"address": found.resource.address,
	"route": found.route,
	"msg": sprintf("what this policy allows can't be decided: %s", [found.why]),
	"why": found.why,
} if {
	some found in iam.unread
	found.kind != "identity"
}

# Statements about who may come in, in doubt where it is not known whom they leave.
statements := [in_doubt(allow) |
	some allow in iam.grants
	allow.kind != "identity"
	reach(allow) != "narrow"
]

in_doubt(allow) := object.union(allow, {"doubt": why(allow)}) if {
	allow.doubt == ""
	reach(allow) == "unknown"
}

in_doubt(allow) := allow if allow.doubt != ""

in_doubt(allow) := allow if reach(allow) != "unknown"

# Whom a statement for everybody lets in after its condition and what the document denies.
reach(allow) := callers.first(["narrow", "unknown", "open"], {conditions.who(allow.body), denials.left(allow)}, "open")

why(allow) := conditions.why(allow.body) if conditions.who(allow.body) == "unknown"

why(allow) := "who is left by the statements that deny is not known" if conditions.who(allow.body) != "unknown"

# A condition that narrows nothing is named, so that nobody takes it for a protection.
in_spite(body) := sprintf(", whatever its condition on %s says", [plan.listed(keys, 3)]) if {
	keys := sort({key | some tests in body.Condition; is_object(tests); some key, _ in tests})
	count(keys) > 0
}

default in_spite(_) := ""

# Everything that stands under `Principal`, with its route.
principals(body) := [{"at": "Principal", "value": body.Principal}] if is_string(body.Principal)

principals(body) := iam.items(body, "Principal") if is_array(body.Principal)

principals(body) := [{"at": "Principal", "value": body.Principal}] if iam.is_unknown(body.Principal)

principals(body) := found if {
	is_object(body.Principal)
	not iam.is_unknown(body.Principal)
	found := [{"at": sprintf("Principal%s%s", [plan.step(kind), trim_prefix(item.at, kind)]), "value": item.value} |
		some kind, _ in body.Principal
		some item in iam.items(body.Principal, kind)
	]
}

default principals(_) := []

# Services and federated users are never everybody.
everybody(body) := [item |
	some item in principals(body)
	item.value == "*"
	not startswith(item.at, "Principal.Service")
	not startswith(item.at, "Principal.Federated")
]

doing(allow) := "take this role" if allow.kind == "trust"

doing(allow) := sprintf("call %s on it", [plan.listed(names, 4)]) if {
	allow.kind != "trust"
	names := [item.value | some item in iam.items(allow.body, "Action"); is_string(item.value)]
	count(names) > 0
}

doing(allow) := "do what it allows" if {
	allow.kind != "trust"
	every item in iam.items(allow.body, "Action") {
		not is_string(item.value)
	}
}

doing_lambda(r) := sprintf("call `%s`", [r.values.action]) if is_string(r.values.action)

default doing_lambda(_) := "call the function"

severity(allow) := "critical" if allow.kind in {"trust", "key"}

severity(allow) := "high" if not allow.kind in {"trust", "key"}

help(allow) := "Name the accounts, roles or services that may take the role." if allow.kind == "trust"

help(allow) := "Name the account's root (`arn:aws:iam::ACCOUNT:root`), or narrow it by `kms:CallerAccount` and `kms:ViaService`." if allow.kind == "key"

help(allow) := sprintf("Name who is meant: an account, a role, or a service with a condition on `aws:SourceArn`.%s", [senders(allow)]) if {
	allow.kind == "resource"
}

# Topics, buckets and rules of the module that are wired to the resource: most likely those who are meant.
senders(allow) := sprintf(" In this module these are wired to it: %s.", [plan.listed(found, 6)]) if {
	found := wired(allow.resource)
	count(found) > 0
}

senders(allow) := "" if count(wired(allow.resource)) == 0

wired(holder) := sort({source |
	some target in subjects(holder)
	some link in object.get(data.trueline.backlinks, target, [])
	link.type in {"aws_sns_topic_subscription", "aws_s3_bucket_notification", "aws_cloudwatch_event_target"}
	some back in object.get(data.trueline.links, link.from, [])
	back.to != target
	back.type in {"aws_sns_topic", "aws_s3_bucket", "aws_cloudwatch_event_rule"}
	source := back.to
})

# What a policy is about: the resource itself, or those it refers to.
subjects(holder) := {holder.address} | {link.to |
	some link in object.get(data.trueline.links, holder.address, [])
	not startswith(link.route, "policy")
}
