# METADATA
# title: OpenSearch domain that accepts old TLS versions
# description: >-
#   TLS 1.0 and 1.1 have known weaknesses. As long as the domain accepts them, a client can be made to use them.
# custom:
#   id: aws/opensearch/domain-with-old-tls
#   severity: medium
#   profile: baseline
#   resources: [aws_opensearch_domain, aws_elasticsearch_domain]
#   controls:
#     soc2: [CC6.7]
#     nist-800-53-r5: [SC-8, SC-8(1)]
#     pci-dss-4.0: ['4.2.1']
#     hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)']
#     iso-27001-2022: [A.8.24]
#   aliases: [CKV_AWS_228, AVD-AWS-0126, AWS-0126]
#   help: >-
#     Set `tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"`, or `"Policy-Min-TLS-1-2-2019-07"` for clients without forward
#     secrecy.
#   fix: Sets `tls_security_policy`. On an existing domain clients that don't speak TLS 1.2 are refused.
package trueline.rules.aws.opensearch.domain_with_old_tls

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "domain_endpoint_options.tls_security_policy",
	"in": ["Policy-Min-TLS-1-2-2019-07", "Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"],
	"else": "clients may still use TLS 1.0",
	"value": "Policy-Min-TLS-1-2-PFS-2023-10",
	"also": {"domain_endpoint_options.enforce_https": true},
	"effects": existing(r),
} if {
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some r in plan.resources(type)
}

existing(r) := [{"kind": "behaviour", "why": "clients that don't speak TLS 1.2 are refused"}] if not r.new

default existing(_) := []
