//! Plans that Terraform 1.11.4 made with AWS provider 5.100, and hand-made ones for what those lack.

use serde_json::json;
use trueline_model::{Key, Reason};

use super::*;

fn real(name: &str) -> Plan {
    let text = match name {
        "alb" => include_str!("../../tests/data/05-fargate-alb.plan.json"),
        "sns" => include_str!("../../tests/data/08-sns-fanout.plan.json"),
        "rest" => include_str!("../../../../tests/corpus/plans/02-rest-api.plan.json"),
        "vpc" => include_str!("../../tests/data/14-vpc-module.plan.json"),
        _ => include_str!("../../tests/data/22-ecr-github-oidc.plan.json"),
    };
    read_plan("tfplan.json", text).unwrap()
}

fn find<'a>(plan: &'a Plan, address: &str) -> &'a Resource {
    let address = address.parse().unwrap();
    plan.resources.iter().chain(&plan.data).find(|r| r.address == address).unwrap()
}

fn value<'a>(plan: &'a Plan, address: &str, route: &str) -> &'a Value {
    find(plan, address).values.at(&route.parse().unwrap()).unwrap_or_else(|| panic!("{address}: {route}"))
}

#[test]
fn all_instances_are_there_with_provider_and_region() {
    let plan = real("vpc");
    assert_eq!((plan.resources.len(), plan.source), (44, PlanSource::Real));
    assert!(plan.notes.is_empty() && plan.resources.is_sorted_by(|a, b| a.address < b.address));
    let subnet = find(&plan, "module.production.aws_subnet.public[1]");
    assert_eq!(subnet.address.key, Some(Key::Index(1)));
    assert_eq!(
        (&*subnet.provider.source, &*subnet.provider.local),
        ("registry.terraform.io/hashicorp/aws", "aws")
    );
    assert_eq!(subnet.provider.region.as_deref(), Some("us-east-1"));
    assert_eq!(real("alb").resources[0].provider.region.as_deref(), Some("us-east-1"), "from a variable");
    assert_eq!((subnet.actions.as_slice(), subnet.schema_version), ([Action::Create].as_slice(), 1));
}

#[test]
fn unknown_leaves_say_why() {
    let plan = real("sns");
    let queue = "aws_sqs_queue.subscriber[\"billing\"]";
    assert_eq!(value(&plan, queue, "kms_data_key_reuse_period_seconds").reason(), Some(&Reason::Unset));
    let own = find(&plan, queue).address.clone();
    assert_eq!(
        value(&plan, queue, "arn").reason(),
        Some(&Reason::Computed(own.into(), "arn".parse().unwrap()))
    );
    assert!(value(&plan, queue, "kms_master_key_id").is_null());
    let topic: Address = "aws_sns_topic.orders".parse().unwrap();
    let subscription = "aws_sns_topic_subscription.subscriber[\"billing\"]";
    assert_eq!(
        value(&plan, subscription, "topic_arn").reason(),
        Some(&Reason::Computed(topic.into(), "arn".parse().unwrap()))
    );
}

#[test]
fn blocks_that_the_provider_may_fill_in_and_nobody_wrote_are_unset() {
    let table = "aws_dynamodb_table.items";
    let plan = real("rest");
    assert_eq!(value(&plan, table, "server_side_encryption").reason(), Some(&Reason::Unset));
}

#[test]
fn links_are_instance_exact_where_the_plan_tells() {
    let plan = real("sns");
    let policy = find(&plan, "aws_sqs_queue_policy.subscriber[\"email\"]");
    let shown: Vec<String> = policy
        .links
        .iter()
        .map(|l| format!("{} -> {}.{} {}", l.route, l.to, l.attribute, l.certain))
        .collect();
    assert_eq!(
        shown,
        [
            "policy -> data.aws_iam_policy_document.subscriber[\"email\"]. true",
            "queue_url -> aws_sqs_queue.subscriber[\"email\"]. true",
        ]
    );
    let plan = real("vpc");
    let route = find(&plan, "module.production.aws_route.private_nat[0]");
    assert!(route.links.iter().all(|l| l.to.module_path() == "module.production"), "{:?}", route.links);
    let nat = find(&plan, "module.production.aws_nat_gateway.this[2]");
    assert!(nat.links.iter().any(|l| l.to.to_string() == "module.production.aws_eip.nat[2]" && l.certain));
}

#[test]
fn documents_are_decoded_and_those_read_on_apply_are_known_in_part() {
    let plan = real("alb");
    let role = "aws_iam_role.execution";
    assert_eq!(value(&plan, role, "assume_role_policy.Statement[0].Action").as_str(), Some("sts:AssumeRole"));
    assert!(find(&plan, "data.aws_vpc.default").actions.is_empty(), "answered while planning");

    let plan = real("sns");
    let policy = "aws_sqs_queue_policy.subscriber[\"email\"]";
    assert!(value(&plan, policy, "policy").is_unknown());
    assert_eq!(value(&plan, policy, "policy.Statement[0].Action").as_str(), Some("sqs:SendMessage"));
    assert!(value(&plan, policy, "policy.Statement[0].Resource").is_unknown());
    let data = find(&plan, "data.aws_iam_policy_document.subscriber[\"email\"]");
    assert_eq!(data.actions, [Action::Read]);
}

#[test]
fn sensitive_marks_come_from_the_plan_and_from_the_schema() {
    let plan = read_plan(
        "p",
        &json!({
            "format_version": "1.2",
            "resource_changes": [{
                "address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d",
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {"actions": ["delete", "create"], "before": {"id": "x"},
                    "after": {"password": "p", "tags": {"a": "b", "c": "{\"k\":1}"}, "username": "u"},
                    "after_unknown": {"id": true}, "after_sensitive": {"tags": {"c": true}, "username": true}},
            }],
            "configuration": {"root_module": {"resources": [
                {"address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d",
                 "expressions": {}}]}},
        })
        .to_string(),
    )
    .unwrap();
    let at = |route: &str| value(&plan, "aws_db_instance.d", route);
    assert!(at("password").sensitive && at("username").sensitive && at("tags.c").sensitive);
    assert!(!at("tags").sensitive && !at("tags.a").sensitive);
    assert!(at("tags.c.k").sensitive, "parts of a sensitive document");
    assert_eq!(
        at("restore_to_point_in_time").as_items().map(<[Value]>::len),
        Some(0),
        "unset blocks are empty"
    );
    let d = find(&plan, "aws_db_instance.d");
    assert_eq!(d.actions, [Action::Delete, Action::Create]);
    assert_eq!(d.before, Some(json!({"id": "x"})));
}

#[test]
fn what_is_gone_is_no_resource_and_what_is_deferred_is_marked() {
    let entry = |name: &str, actions: serde_json::Value| {
        json!({"address": format!("null_resource.{name}"), "mode": "managed", "type": "null_resource", "name": name,
               "provider_name": "registry.terraform.io/hashicorp/null",
               "change": {"actions": actions, "before": null, "after": {"triggers": null}, "after_unknown": {"id": true}}})
    };
    let mut deposed = entry("e", json!(["delete"]));
    deposed["deposed"] = json!("abc");
    let mut star = entry("d", json!(["create"]));
    star["address"] = json!("null_resource.d[*]");
    let text = json!({
        "format_version": "1.2", "errored": true,
        "resource_changes": [entry("a", json!(["no-op"])), entry("b", json!(["delete"])), entry("c", json!(["forget"])), deposed,
            entry("f", json!(["juggle"]))],
        "deferred_changes": [{"reason": "instance_count_unknown", "resource_change": star}],
    })
    .to_string();
    let plan = read_plan("p", &format!("\u{feff}{text}")).unwrap();
    let shown: Vec<String> = plan.resources.iter().map(|r| format!("{} {}", r.address, r.deferred)).collect();
    assert_eq!(shown, ["null_resource.a false", "null_resource.d[*] true", "null_resource.f false"]);
    assert_eq!(plan.notes.len(), 2, "{:?}", plan.notes);
}

#[test]
fn anything_else_than_a_plan_says_what_it_is() {
    let said = |text: &str| read_plan("p", text).unwrap_err().to_string();
    assert!(
        said("{\"format_version\":\"2.0\",\"planned_values\":{}}")
            .contains("format version 2.0; this build reads 1.x")
    );
    assert!(said("{\"version\":4,\"serial\":1,\"lineage\":\"x\",\"resources\":[]}").contains("a state file"));
    assert!(said("{\"format_version\":\"1.0\",\"values\":{}}").contains("the JSON of a state"));
    assert!(
        said("{\"@level\":\"info\"}\n{\"@level\":\"info\"}").contains("the log of `terraform plan -json`")
    );
    assert!(said("{\"Resources\":{}}").contains("a CloudFormation template"));
    assert!(said("[]").contains("some other JSON"));
    assert!(said("PK\u{3}\u{4}").contains("the binary file"));
    assert!(said("{\"format_version\":\"1.2\",\n \"planned").contains("line 2, column 9: EOF while parsing"));
    assert!(said(&"[".repeat(100_000)).contains("recursion limit"));
    assert!(said("").contains("terraform show -json PLANFILE"));
}

#[test]
fn plans_may_be_of_other_providers_and_of_many_instances() {
    let change = |i: usize, kind: &str| {
        json!({"address": format!("{kind}.x[{i}]"), "mode": "managed", "type": kind, "name": "x", "index": i,
               "provider_name": "registry.terraform.io/example/other",
               "change": {"actions": ["create"], "after": {"list": [{"k": null}]}, "after_unknown": {"id": true, "list": [{"k": true}], "to": true}}})
    };
    let mut changes: Vec<serde_json::Value> = (0..100).map(|i| change(i, "other_a")).collect();
    changes.extend((0..2).map(|i| change(i, "other_b")));
    let plan = read_plan(
        "p",
        &json!({
            "format_version": "1.2", "resource_changes": changes,
            "configuration": {"root_module": {"resources": [{
                "address": "other_b.x", "mode": "managed", "type": "other_b", "name": "x",
                "expressions": {
                    "to": {"references": ["other_a.x"]},
                    "list": [{"k": {"references": ["other_a.x", "count.index"]}}],
                },
            }]}},
        })
        .to_string(),
    )
    .unwrap();
    let b = find(&plan, "other_b.x[1]");
    let shown: Vec<String> = b.links.iter().map(|l| format!("{} {} {}", l.route, l.to, l.certain)).collect();
    assert_eq!(shown, ["list[0].k other_a.x[1] true", "to other_a.x[*] false"]);
    assert_eq!(value(&plan, "other_b.x[1]", "id").reason(), Some(&Reason::Unset));
}
