# METADATA
# title: IAM policy that allows every action
# description: >-
#   `*` and `service:*` allow everything the service can do today and will be able to do: deleting, sharing with other accounts,
#   changing permissions. Whoever takes over one of its users takes over all of that.
# custom:
#   id: aws/iam/wildcard-action
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
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iot_policy
#     - aws_kinesis_resource_policy
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
#     - aws_ssoadmin_permission_set_inline_policy
#     - aws_vpclattice_auth_policy
#     - aws_vpclattice_resource_policy
#     - aws_xray_resource_policy
#     - awscc_iam_group_policy
#     - awscc_iam_managed_policy
#     - awscc_iam_role
#     - awscc_iam_role_policy
#     - awscc_iam_user_policy
#     - awscc_s3_bucket_policy
#     - awscc_sns_topic_policy
#     - awscc_sqs_queue_policy
#     - module
#   controls:
#     soc2: [CC6.1, CC6.3]
#     cis-aws-3.0: ['1.16']
#     cis-aws-5.0: ['1.15']
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2', '7.2.5']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.5.18, A.8.2]
#   aliases: [CKV_AWS_1, CKV_AWS_49, CKV_AWS_62, CKV_AWS_63, CKV2_AWS_40, AVD-AWS-0057, AWS-0057, aws-iam-no-policy-wildcards, 2f37c4a3-58b9-4afe-8a87-d7f1d2286f84, b1ffa705-19a3-4b73-b9d0-0c97d0663842]
#   help: List the actions that are called. IAM Access Analyzer can propose them from what CloudTrail has recorded.
package trueline.rules.aws.iam.wildcard_action

import rego.v1

import data.trueline.lib.iam
import data.trueline.lib.plan

deny contains finding if some finding in iam.certain(breaches)

unknown contains finding if some finding in iam.doubtful(breaches, "every action is allowed")

breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, items[0].at]),
	"msg": sprintf("`Action` holds \"%s\"%s: %s", [items[0].value, iam.named(grant.body), meaning(items[0].value, grant.body)]),
	"severity": severity(items[0].value, grant.body),
	"help": help(items[0].value, grant),
} if {
	some grant in grants
	items := wildcards(grant.body)
	count(items) == 1
}

# Several in one statement are one finding, at the list or, if one of them is everything, at that.
breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.Action", [grant.route]),
	"msg": sprintf("`Action` holds %s%s: everything that these services can do is allowed", [plan.listed(names, 10), iam.named(grant.body)]),
	"severity": severity(names[0], grant.body),
	"help": sprintf("List the actions that are called.%s", [narrower_all(names, grant)]),
} if {
	some grant in grants
	items := wildcards(grant.body)
	count(items) > 1
	names := [item.value | some item in items]
	not all_in(names)
}

breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, items[0].at]),
	"msg": sprintf("`Action` holds \"%s\"%s: %s", [items[0].value, iam.named(grant.body), meaning(items[0].value, grant.body)]),
	"severity": severity(items[0].value, grant.body),
} if {
	some grant in grants
	count(wildcards(grant.body)) > 1
	items := [item | some item in wildcards(grant.body); everything(item.value)]
	count(items) > 0
}

# Statements that allow something or may; those of a key's own policy speak of one key.
grants := [grant |
	some grant in iam.grants
	grant.kind != "key"
]

wildcards(body) := [item |
	some item in iam.items(body, "Action")
	is_wildcard(item.value)
]

all_in(names) if {
	some name in names
	everything(name)
}

narrower_all(names, allow) := sprintf(" %s", [iam.guidance(allow.resource, {iam.service_of(name) | some name in names})]) if {
	allow.kind == "identity"
	count(iam.wide_resources(allow.body)) > 0
}

default narrower_all(_, _) := ""

unknown contains {
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, item.at]),
	"msg": sprintf("whether every action is allowed can't be decided: %s", [item.value.why]),
	"why": item.value.why,
} if {
	some grant in grants
	some item in iam.items(grant.body, "Action")
	iam.could_be_anything(item.value)
}

unknown contains {
	"address": found.resource.address,
	"route": found.route,
	"msg": sprintf("what this policy allows can't be decided: %s", [found.why]),
	"why": found.why,
} if {
	some found in iam.unread
	found.kind != "key"
}

is_wildcard(action) if regex.match(`^([A-Za-z0-9-]+|\*):\*+$|^\*+$`, action)

everything(action) if regex.match(`^\*+$|^\*:`, action)

meaning(action, body) := "every action on every resource is allowed, which makes this an administrator" if {
	everything(action)
	count(iam.wide_resources(body)) > 0
}

meaning(action, body) := "every action of every service is allowed" if {
	everything(action)
	count(iam.wide_resources(body)) == 0
}

meaning(action, body) := sprintf("everything that `%s` can do is allowed on every resource", [iam.service_of(action)]) if {
	not everything(action)
	count(iam.wide_resources(body)) > 0
}

meaning(action, body) := sprintf("everything that `%s` can do with these resources is allowed, deleting and sharing them included", [iam.service_of(action)]) if {
	not everything(action)
	count(iam.wide_resources(body)) == 0
}

severity(action, body) := "critical" if {
	everything(action)
	count(iam.wide_resources(body)) > 0
}

severity(action, body) := "high" if {
	everything(action)
	count(iam.wide_resources(body)) == 0
}

severity(action, body) := "high" if {
	not everything(action)
	count(iam.wide_resources(body)) > 0
}

severity(action, body) := "medium" if {
	not everything(action)
	count(iam.wide_resources(body)) == 0
}

help(action, allow) := sprintf("List the actions that are called, such as %s.%s", [plan.listed(usual[service], 6), narrower(service, allow)]) if {
	service := iam.service_of(action)
	usual[service]
}

help(action, _) := "List the actions that are called. IAM Access Analyzer can propose them from what CloudTrail has recorded." if {
	not usual[iam.service_of(action)]
}

narrower(service, allow) := sprintf(" %s", [iam.guidance(allow.resource, [service])]) if {
	allow.kind == "identity"
	count(iam.wide_resources(allow.body)) > 0
}

narrower(_, allow) := "" if not allow.kind == "identity"

narrower(_, allow) := "" if count(iam.wide_resources(allow.body)) == 0

# What programs usually call.
usual := {
	"cloudwatch": ["cloudwatch:PutMetricData"],
	"dynamodb": ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
	"ecr": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
	"events": ["events:PutEvents"],
	"kinesis": ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStreamSummary", "kinesis:PutRecords"],
	"kms": ["kms:Decrypt", "kms:GenerateDataKey"],
	"lambda": ["lambda:InvokeFunction"],
	"logs": ["logs:CreateLogStream", "logs:PutLogEvents"],
	"s3": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
	"secretsmanager": ["secretsmanager:GetSecretValue"],
	"sns": ["sns:Publish"],
	"sqs": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
	"ssm": ["ssm:GetParameter", "ssm:GetParametersByPath"],
	"states": ["states:StartExecution"],
	"sts": ["sts:AssumeRole"],
}
