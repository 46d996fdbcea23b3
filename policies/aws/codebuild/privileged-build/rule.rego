# METADATA
# title: Build with all rights on its host
# description: >-
#   Privileged mode is for building images with Docker. Everything else that the build runs, dependencies included, gets the rights of
#   root on the machine.
# custom:
#   id: aws/codebuild/privileged-build
#   severity: medium
#   profile: baseline
#   resources: [aws_codebuild_project]
#   controls:
#     soc2: [CC6.1, CC6.3]
#     nist-800-53-r5: [AC-3, AC-6]
#     pci-dss-4.0: ['7.2.1', '7.2.2']
#     hipaa: ['164.308(a)(4)(ii)(B)', '164.312(a)(1)']
#     iso-27001-2022: [A.5.15, A.8.2]
#   aliases: [CKV_AWS_316]
#   help: Leave `privileged_mode` out; build images with a tool that needs no Docker daemon, or in a project of their own.
package trueline.rules.aws.codebuild.privileged_build

import rego.v1

import data.trueline.lib.plan

expect contains {
	"of": r,
	"route": "environment.privileged_mode",
	"not_equals": true,
	"else": "everything that the build runs is root on its machine",
	"fix": [],
} if some r in plan.resources("aws_codebuild_project")
