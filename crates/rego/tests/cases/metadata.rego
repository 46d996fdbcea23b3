# METADATA
# title: Cases of annotations
# authors:
# - Ada <ada@example.com>
# organizations:
# - Acme
# custom:
#   level: package
package cases.metadata

# METADATA
# title: Own annotation
# description: It says what it is.
# related_resources:
# - https://example.com/doc
# - ref: https://example.com/more
#   description: more
# custom:
#   severity: HIGH
#   tags: [a, 1]
own := rego.metadata.rule()

none := rego.metadata.rule()

# METADATA
# title: Chained
chain := rego.metadata.chain()

# METADATA
# scope: document
# title: All of them

# METADATA
# title: The first
several := rego.metadata.rule().title if input.first

# METADATA
# title: The second
several := rego.metadata.rule().title if input.second

# METADATA
# title: Message from the rule
deny contains rego.metadata.rule().title if input.bad

test_fields if {
	own.title == "Own annotation"
	own.description == "It says what it is."
	own.custom.severity == "HIGH"
	own.custom.tags == ["a", 1]
}

test_related_resources if {
	own.related_resources[0].ref == "https://example.com/doc"
	own.related_resources[1] == {"description": "more", "ref": "https://example.com/more"}
}

test_without_an_annotation_it_is_empty if none == {}

test_the_chain_goes_from_the_rule_up if {
	chain[0].path == ["cases", "metadata", "chain"]
	chain[0].annotations.title == "Chained"
	last := chain[count(chain) - 1]
	last.path == ["cases", "metadata"]
	last.annotations.title == "Cases of annotations"
	last.annotations.authors == [{"email": "ada@example.com", "name": "Ada"}]
	last.annotations.organizations == ["Acme"]
	last.annotations.scope == "package"
}

test_each_definition_has_its_own if {
	several == "The first" with input as {"first": 1}
	several == "The second" with input as {"second": 1}
}

test_in_partial_rules if {
	deny == {"Message from the rule"} with input as {"bad": true}
	deny == set()
}

# METADATA
# title: Of a test
# custom:
#   n: 1
test_of_the_asking_rule if rego.metadata.rule().custom.n == 1

# METADATA
# schemas:
# - input: {properties: {known: {type: string}}}
# - data.given["by-name"]: schema.given
with_schemas := rego.metadata.rule().schemas

test_schemas_are_shown_with_paths if {
	with_schemas == [
		{"path": ["input"], "definition": {"properties": {"known": {"type": "string"}}}},
		{"path": ["data", "given", "by-name"], "schema": ["schema", "given"]},
	]
}
