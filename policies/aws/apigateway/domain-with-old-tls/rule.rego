# METADATA
# title: Domain of an API that takes outdated versions of TLS
# description: >-
#   TLS 1.0 and 1.1 have weaknesses that have been known for years, and PCI DSS forbids them.
# custom:
#   id: aws/apigateway/domain-with-old-tls
#   severity: high
#   profile: baseline
#   resources: [aws_api_gateway_domain_name]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_206, AVD-AWS-0005, AWS-0005]
#   help: Set `security_policy = "TLS_1_2"`.
#   fix: Sets `security_policy` to "TLS_1_2". Unsafe on an existing domain, which very old clients can no longer use.
package trueline.rules.aws.apigateway.domain_with_old_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "security_policy",
	"matches": "^(TLS_1_2|SecurityPolicy_TLS1[23]_.*)$",
	"else": "connections with TLS 1.0 and 1.1 are taken",
	"value": "TLS_1_2",
	"effects": effects(r),
} if some r in plan.resources("aws_api_gateway_domain_name")

effects(r) := [{"kind": "behaviour", "why": "clients that do not know TLS 1.2 are turned away"}] if not r.new

effects(r) := [] if r.new
