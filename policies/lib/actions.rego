# Facts about IAM actions: which only read, and which know no resource. `data.trueline.actions` holds what AWS's Service
# Authorization Reference says of each one that the plan names (`actions.txt`).
package trueline.lib.actions

import rego.v1

import data.trueline.lib.patterns

# An action, or a pattern such as `s3:Get*`, that only reads.
reads(action) if named_as_reading(action)

reads(action) if kind(action) == "read"

named_as_reading(action) if regex.match(
	`(?i)^[a-z0-9-]+:(get|list|describe|batch(get|list|describe|check)|view|search|lookup|head|query|scan|select|check|preview|validate|verify|estimate|simulate|filter|detect|download|read|count|discover|resolve|compare|evaluate|eshttpget|eshttphead)`,
	action,
)

# An action to which `Resource: "*"` is the only thing that can be said.
without_resource(action) if {
	kind(action) == "none"
	not named_as_reading(action)
}

# An action of which nothing is known: newer than the reference, or misspelt.
unlisted(action) if {
	kind(action) == "unlisted"
	not named_as_reading(action)
}

# `none`, `some`, `read` or `unlisted`.
kind(action) := object.get(data.trueline.actions, lower(action), "unlisted")

# Reading these everywhere means reading every secret or object there is, or getting into every database.
gives_away_data(action) if {
	some one in confidential
	patterns.matches(lower(action), one)
}

confidential := [
	"elasticmapreduce:getclustersessioncredentials",
	"emr-containers:getmanagedendpointsessioncredentials",
	"lightsail:getinstanceaccessdetails",
	"lightsail:getrelationaldatabasemasteruserpassword",
	"redshift-serverless:getcredentials",
	"redshift:getclustercredentials",
	"redshift:getclustercredentialswithiam",
	"s3:getobject",
	"s3:getobjectversion",
	"secretsmanager:batchgetsecretvalue",
	"secretsmanager:getsecretvalue",
	"ssm:getparameter",
	"ssm:getparameterhistory",
	"ssm:getparameters",
	"ssm:getparametersbypath",
]

# With these on every resource a principal can give itself more.
raises_privileges(action) if regex.match(`(?i)^(iam:|organizations:|sts:assumerole|kms:(putkeypolicy|creategrant)|lambda:(addpermission|updatefunctioncode|updatefunctionconfiguration)|s3:putbucketpolicy|ssm:(sendcommand|startsession))`, action)

# What these make has no name yet, so that a whole type is the narrowest that can be said.
makes_something(action) if regex.match(`(?i)^[a-z0-9-]+:(allocate|copy|create|import|provision|purchase|register|request|restore|run|start)`, action)
