# METADATA
# title: Redshift cluster with the default database name
# description: >-
#   `dev` is the first name that somebody tries, and tells of a cluster that was set up without much thought.
# custom:
#   id: aws/redshift/default-database-name
#   severity: low
#   profile: strict
#   resources: [aws_redshift_cluster]
#   controls:
#     soc2: [CC7.1, CC8.1]
#     nist-800-53-r5: [CM-2, CM-6]
#     iso-27001-2022: [A.8.9]
#   aliases: [CKV_AWS_320]
#   help: Name the database in `database_name`; this replaces an existing cluster.
package trueline.rules.aws.redshift.default_database_name

import rego.v1

import data.trueline.lib.plan

expect contains object.union(common(r), {"set": true}) if some r in plan.resources("aws_redshift_cluster")

expect contains object.union(common(r), {"not_in": ["dev"]}) if some r in plan.resources("aws_redshift_cluster")

common(r) := {
	"of": r,
	"route": "database_name",
	"else": "its database has the name that everybody tries first",
	"what": "the database has another name than `dev`",
	"fix": [],
}
