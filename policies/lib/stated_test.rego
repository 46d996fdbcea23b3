package trueline.lib.stated_test

import rego.v1

import data.trueline.lib.stated

queue := "arn:aws:sqs:us-east-1:111122223333:failed"

here := {"region": "us-east-1"}

elsewhere := {"region": "eu-west-1"}

open := {"region": null}

test_a_value_of_the_region if {
	stated.value(here, ["lambda", "dead_letter_arn"]) == queue with data.trueline.settings as {"aws": {"lambda": {"dead_letter_arn": queue}}}
	stated.value(open, ["lambda", "dead_letter_arn"]) == queue with data.trueline.settings as {"aws": {"lambda": {"dead_letter_arn": queue}}}
	stated.value(here, ["lambda", "dead_letter_arn"]) == queue with data.trueline.settings as {"aws": {"lambda": {"us-east-1": {"dead_letter_arn": queue}}}}
	stated.value(here, ["lambda", "dead_letter_arn"]) == queue with data.trueline.settings as {"aws": {"lambda": {"dead_letter_arn": {"us-east-1": queue}}}}
	stated.value(elsewhere, ["alb_log_bucket"]) == "logs" with data.trueline.settings as {"aws": {"alb_log_bucket": "logs"}}
}

test_an_arn_of_another_region_is_none if {
	given := {"aws": {"lambda": {"dead_letter_arn": queue}}}
	not stated.value(elsewhere, ["lambda", "dead_letter_arn"]) with data.trueline.settings as given
	stated.set(elsewhere, "x", ["lambda", "dead_letter_arn"]) == [] with data.trueline.settings as given
	stated.needs(elsewhere, ["lambda", "dead_letter_arn"]) == ["settings.aws.lambda.dead_letter_arn.eu-west-1"] with data.trueline.settings as given
}

test_what_is_missing if {
	stated.needs(here, ["alb_log_bucket"]) == ["settings.aws.alb_log_bucket"] with data.trueline.settings as {}
	stated.needs(here, ["alb_log_bucket"]) == [] with data.trueline.settings as {"aws": {"alb_log_bucket": "logs"}}
	stated.needs({"region": "REGION"}, ["alb_log_bucket"]) == ["settings.aws.region"] with data.trueline.settings as {}
}

test_operations if {
	given := {"aws": {"alb_log_bucket": "logs"}}
	stated.set(here, "access_logs[0].bucket", ["alb_log_bucket"]) == [{"set": "access_logs[0].bucket", "value": "logs"}] with data.trueline.settings as given
	stated.fallback(here, "access_logs[0].bucket", ["alb_log_bucket"]) == [{"default": "access_logs[0].bucket", "value": "logs"}] with data.trueline.settings as given
	stated.set(here, "access_logs[0].bucket", ["alb_log_bucket"]) == [] with data.trueline.settings as {}
}
