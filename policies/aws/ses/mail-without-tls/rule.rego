# METADATA
# title: SES configuration set that sends mail without TLS
# description: >-
#   Mail goes to servers that don't offer TLS, or from which somebody strips it, in plain form.
# custom:
#   id: aws/ses/mail-without-tls
#   severity: medium
#   profile: strict
#   resources: [aws_ses_configuration_set]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_365]
#   help: Set `tls_policy = "Require"` in `delivery_options`.
#   fix: Sets `tls_policy`. Mail to servers without TLS is no longer delivered.
package trueline.rules.aws.ses.mail_without_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "delivery_options.tls_policy",
	"equals": "Require",
	"else": "mail may be sent in plain form",
	"effects": [{"kind": "behaviour", "why": "mail to servers without TLS is no longer delivered"}],
} if some r in plan.resources("aws_ses_configuration_set")
