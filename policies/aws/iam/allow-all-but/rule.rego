# METADATA
# title: IAM policy that allows everything but
# description: >-
#   `Allow` with `NotAction` or `NotResource` allows whatever is not named, in every service, and whatever AWS adds later. It is
#   mostly meant to forbid something, which takes a `Deny`.
# custom:
#   id: aws/iam/allow-all-but
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
#     - aws_kms_external_key
#     - aws_kms_key
#     - aws_kms_key_policy
#     - aws_kms_replica_external_key
#     - aws_kms_replica_key
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
#     - awscc_kms_key
#     - awscc_s3_bucket_policy
#     - awscc_sns_topic_policy
#     - awscc_sqs_queue_policy
#     - module
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.5.18, A.8.2]
#   aliases: [CKV_AWS_63]
#   help: List the actions and resources that are needed, or turn the statement into a `Deny` of what is not wanted.
package trueline.rules.aws.iam.allow_all_but

import rego.v1

import data.trueline.lib.iam
import data.trueline.lib.plan

deny contains finding if some finding in iam.certain(breaches)

unknown contains finding if some finding in iam.doubtful(breaches, "more is allowed than is named")

breaches contains {
	"grant": grant,
	"address": grant.resource.address,
	"route": sprintf("%s.%s", [grant.route, element]),
	"msg": sprintf("`Allow` with `%s`%s: everything but %s is allowed", [element, iam.named(grant.body), words(grant.body, element)]),
} if {
	some grant in iam.grants
	some element in ["NotAction", "NotResource"]
	iam.has(grant.body, element)
}

# Members of which nobody can say whether they are there.
unknown contains {
	"address": grant.resource.address,
	"route": grant.route,
	"msg": sprintf("whether more is allowed than is named can't be decided: %s", [grant.body[element].why]),
	"why": grant.body[element].why,
} if {
	some grant in iam.grants
	some element in ["NotAction", "NotResource"]
	grant.body[element].maybe
}

unknown contains {
	"address": found.resource.address,
	"route": found.route,
	"msg": sprintf("what this policy allows can't be decided: %s", [found.why]),
	"why": found.why,
} if {
	some found in iam.unread
}

words(body, element) := plan.listed(names, 4) if {
	names := [item.value | some item in iam.items(body, element); is_string(item.value)]
	count(names) > 0
}

words(body, element) := "what is named" if {
	every item in iam.items(body, element) {
		not is_string(item.value)
	}
}
