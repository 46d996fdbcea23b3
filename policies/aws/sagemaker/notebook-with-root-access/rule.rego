# METADATA
# title: Notebook whose users are root
# description: >-
#   Who uses the notebook, or gets code into it, can change everything on the machine and read what its lifecycle scripts leave behind.
# custom:
#   id: aws/sagemaker/notebook-with-root-access
#   severity: medium
#   profile: baseline
#   resources: [aws_sagemaker_notebook_instance]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_307]
#   help: Set `root_access = "Disabled"`; lifecycle scripts still run as root.
#   fix: >-
#     Sets `root_access`. Unsafe on an existing notebook: `sudo` no longer works there.
package trueline.rules.aws.sagemaker.notebook_with_root_access

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "root_access",
	"equals": "Disabled",
	"else": "everybody who uses it can change everything on the machine",
	"effects": effects(r),
} if some r in plan.resources("aws_sagemaker_notebook_instance")

effects(r) := [{"kind": "behaviour", "why": "users can no longer install what needs root"}, {"kind": "downtime", "why": "the notebook is stopped and started"}] if not r.new

effects(r) := [] if r.new
