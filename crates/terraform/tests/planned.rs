//! What a provider does to values, as the JSON of a plan shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use trueline_model::{Address, Kind, Reason, Route, Type, Value};
use trueline_provider::planned::planned;
use trueline_provider::schema::aws;
use trueline_terraform::plan_json::{known, unknown_tree};

fn unknown() -> Value {
    let queue = Address::managed("aws_sqs_queue", "q");
    Value::unknown(Type::String, Reason::Computed(queue.into(), Route::name("arn")))
}

#[test]
fn the_older_sdk_knows_a_plain_collection_whole_or_not_at_all() {
    let tags = Kind::Map(
        Type::String,
        Arc::new(BTreeMap::from([("A".into(), Value::string("b")), ("B".into(), unknown())])),
    );
    let values = Value::object(BTreeMap::from([("tags".into(), tags.into())]));
    let older = planned(&values, &aws().resource("aws_instance").unwrap());
    assert_eq!((known(&older), unknown_tree(&older)), (Some(json!({})), json!({"tags": true})));
    let newer = planned(&values, &aws().resource("aws_vpc_security_group_ingress_rule").unwrap());
    assert_eq!(known(&newer), Some(json!({"tags": {"A": "b"}})));
    assert_eq!(unknown_tree(&newer), json!({"tags": {"B": true}}));
}

#[test]
fn the_older_sdk_knows_no_null_in_a_map_and_no_empty_map() {
    let tags = |entries: &[(&str, Value)]| {
        let entries = entries.iter().map(|(k, v)| ((*k).into(), v.clone())).collect();
        let map: Value = Kind::Map(Type::String, Arc::new(entries)).into();
        let values = Value::object(BTreeMap::from([("tags".into(), map)]));
        known(&planned(&values, &aws().resource("aws_sqs_queue").unwrap()))
    };
    let (null, text) = (("b", Value::null()), ("a", Value::string("x")));
    assert_eq!(tags(&[text, null.clone()]), Some(json!({"tags": {"a": "x"}})));
    assert_eq!(tags(&[null]), Some(json!({"tags": null})));
    assert_eq!(tags(&[]), Some(json!({"tags": null})));
}

#[test]
fn elements_of_sets_have_no_null() {
    let schema = aws().resource("aws_security_group").unwrap();
    let Type::Set(element) = &schema.attributes["ingress"].ty else { panic!() };
    let Type::Object(types) = &**element else { panic!() };
    let mut rule: BTreeMap<Arc<str>, Value> =
        types.iter().map(|(n, t)| (n.clone(), Kind::Null(t.ty.clone()).into())).collect();
    rule.insert("from_port".into(), Value::number(1));
    let both = vec![Value::string("sg-1"), unknown()];
    rule.insert("security_groups".into(), Kind::Set(Type::String, Arc::new(both)).into());
    let set = Kind::Set((**element).clone(), Arc::new(vec![Value::object(rule)]));
    let values = Value::object(BTreeMap::from([("ingress".into(), set.into())]));
    let shown = planned(&values, &schema);
    // Asked from the provider.
    assert_eq!(
        known(&shown),
        Some(json!({"ingress": [{
            "cidr_blocks": [], "description": "", "from_port": 1, "ipv6_cidr_blocks": [], "prefix_list_ids": [],
            "protocol": "", "self": false, "to_port": null,
        }]}))
    );
    assert_eq!(unknown_tree(&shown)["ingress"][0]["security_groups"], json!(true));
}
