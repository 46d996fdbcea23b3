//! What a policy sees of values that are not known, sensitive, filled in or documents.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use trueline_model::{Address, Kind, Origin, ProviderRef, Reason, Type, Value, Via};

use super::leaves::is_alone;
use super::tags::provider_tags;
use super::*;

/// What a policy sees of a resource, as JSON.
fn shown(r: &Resource) -> Json {
    resource(r, true).to_json()
}

fn provided(r: &Resource) -> Json {
    provider_tags(r).to_json()
}

fn bucket(values: Vec<(&str, Value)>) -> Resource {
    Resource {
        address: Address::managed("aws_s3_bucket", "b"),
        provider: ProviderRef::default(),
        actions: vec![trueline_model::Action::Create],
        values: Value::object(values.into_iter().map(|(k, v)| (Arc::from(k), v)).collect()),
        before: None,
        declared: None,
        deferred: false,
        conditions: Vec::new(),
        links: Vec::new(),
        schema_version: 0,
    }
}

#[test]
fn unknown_leaves_are_listed_and_unset_ones_are_absent() {
    let doc = Value::object([(Arc::from("Action"), Value::string("*"))].into());
    let mut policy = Value::string("{\"Action\":\"*\"}");
    policy.document = Some(Arc::new(doc));
    let r = bucket(vec![
        ("id", Value::unknown(Type::String, Reason::Unset)),
        (
            "names",
            Value::tuple(vec![
                Value::string("a"),
                Value::unknown(Type::String, Reason::Variable("n".into())),
            ]),
        ),
        ("policy", policy),
    ]);
    let j = shown(&r);
    assert_eq!(j["values"], json!({"id": null, "names": ["a", null], "policy": "{\"Action\":\"*\"}"}));
    assert_eq!(j["unknown"].as_object().unwrap().keys().collect::<Vec<_>>(), ["names[1]"]);
    assert_eq!(j["unknown"]["names[1]"]["reason"], "variable");
    assert_eq!(j["documents"], json!({"policy": {"Action": "*"}}));
}

#[test]
fn what_the_provider_fills_in_is_listed() {
    let at = trueline_text::Location { file: trueline_text::FileId(0), span: trueline_text::Span::new(0, 1) };
    let by = |via: Via| Value::bool(false).with_origin(Some(Origin::step(at, via, None)));
    let j = shown(&bucket(vec![
        ("written", by(Via::Literal)),
        ("left", by(Via::ProviderDefault)),
        ("none", Value::null()),
    ]));
    assert_eq!(j["defaults"], json!(["left"]));
    assert_eq!(j["values"], json!({"written": false, "left": false, "none": null}));
}

#[test]
fn actions_of_documents_are_looked_up() {
    let action = Value::tuple(vec![Value::string("glue:CreateDevEndpoint"), Value::string("glue:Update*")]);
    let statement = |a: Value| Value::object([(Arc::from("Action"), a)].into());
    let statements = Value::tuple(vec![statement(action), statement(Value::string("new:Thing"))]);
    let document = Value::object([(Arc::from("Statement"), statements)].into());
    let mut policy = Value::string("{}");
    policy.document = Some(Arc::new(document));
    let resources = by_type(&[bucket(vec![("policy", policy)])], &|_| true);
    let want = json!({"glue:createdevendpoint": "none", "glue:update*": "some", "new:thing": "unlisted"});
    assert_eq!(actions::of(&resources).to_json(), want);
}

#[test]
fn only_texts_with_one_reference_are_the_same() {
    let at = trueline_text::Location { file: trueline_text::FileId(0), span: trueline_text::Span::new(0, 1) };
    let step = |via: Via, inputs: Vec<Arc<Origin>>| Arc::new(Origin { at, via, inputs });
    let literal = || step(Via::Literal, Vec::new());
    let text = |origin: Arc<Origin>| {
        Value::unknown(Type::String, Reason::Variable("n".into())).with_origin(Some(origin))
    };
    assert!(is_alone(&text(step(Via::Operator, vec![literal()]))));
    assert!(is_alone(&text(step(Via::Document, vec![step(Via::Operator, vec![literal()])]))));
    assert!(!is_alone(&text(step(Via::Operator, vec![literal(), literal()]))));
    assert!(!is_alone(&text(step(Via::Function("replace".into()), vec![literal()]))));
    assert!(!is_alone(&Value::unknown(Type::String, Reason::Plan)));
}

#[test]
fn one_unknown_tag_hides_no_default_tags() {
    let entries = |all: Vec<(&str, Value)>| {
        let all = all.into_iter().map(|(k, v)| (Arc::from(k), v)).collect();
        Value::from(Kind::Map(Type::String, Arc::new(all)))
    };
    let unknown = || Value::unknown(Type::String, Reason::Variable("n".into()));
    let mut r = bucket(vec![
        ("tags", entries(vec![("Name", unknown())])),
        ("tags_all", Value::unknown(Type::Map(Arc::new(Type::String)), Reason::Variable("n".into()))),
    ]);
    assert_eq!(provided(&r), json!({"tags": {}, "unknown": false, "provider": ""}));
    r.provider.default_tags = Some(entries(vec![("Owner", Value::string("core")), ("Name", unknown())]));
    assert_eq!(provided(&r), json!({"tags": {"Owner": "core"}, "unknown": false, "provider": ""}));
    r.provider.default_tags = Some(unknown());
    assert_eq!(provided(&r)["unknown"], true);
}

#[test]
fn null_leaves_the_default_tag_except_in_the_newer_framework() {
    let entries = |all: &[(&str, Value)]| {
        let all = all.iter().map(|(k, v)| (Arc::from(*k), v.clone())).collect();
        Value::from(Kind::Map(Type::String, Arc::new(all)))
    };
    for (kind, tags, expected) in [
        ("aws_sqs_queue", vec![("Owner", Value::null())], json!({"Owner": "core"})),
        ("aws_sqs_queue", vec![("Owner", Value::string(""))], json!({})),
        ("aws_vpc_security_group_ingress_rule", vec![("Owner", Value::null())], json!({})),
        ("aws_vpc_security_group_ingress_rule", vec![], json!({"Owner": "core"})),
    ] {
        let mut r = bucket(vec![
            ("tags", entries(&tags)),
            ("tags_all", Value::unknown(Type::Map(Arc::new(Type::String)), Reason::Variable("n".into()))),
        ]);
        r.address = Address::managed(kind, "x");
        r.provider.source = "registry.terraform.io/hashicorp/aws".into();
        r.provider.default_tags = Some(entries(&[("Owner", Value::string("core")), ("Nil", Value::null())]));
        assert_eq!(provided(&r)["tags"], expected, "{kind} {tags:?}");
    }
}

#[test]
fn sensitive_values_do_not_reach_a_policy() {
    let mut secret = Value::tuple(vec![Value::string("hunter2"), Value::number(42), Value::bool(true)]);
    secret.sensitive = true;
    let j = shown(&bucket(vec![("password", secret)]));
    assert_eq!(j["values"]["password"], json!([SENSITIVE, SENSITIVE, true]));
    assert_eq!(j["sensitive"], json!(["password", "password[0]", "password[1]", "password[2]"]));
    assert!(!j.to_string().contains("hunter2") && !j.to_string().contains("42"));
}

#[test]
fn a_document_is_shown_but_for_its_sensitive_parts() {
    let policy = |resource: Value, whole: bool| {
        let all = [(Arc::from("Action"), Value::string("*")), (Arc::from("Resource"), resource)];
        let document = Value { sensitive: whole, ..Value::object(all.into()) };
        let text = Value::string("{\"Action\":\"*\",\"Resource\":\"hunter2\"}");
        resource_of(Value { sensitive: true, document: Some(Arc::new(document)), ..text })
    };
    let resource_of_secret = Value { sensitive: true, ..Value::string("hunter2") };
    let j = policy(resource_of_secret.clone(), false);
    assert_eq!(j["documents"]["policy"], json!({"Action": "*", "Resource": SENSITIVE}));
    assert_eq!(j["values"]["policy"], SENSITIVE);
    // marked from outside, or as a whole
    for j in [policy(Value::string("hunter2"), false), policy(resource_of_secret, true)] {
        assert_eq!(j["documents"], json!({}));
        assert_eq!(j["sensitive"], json!(["policy"]));
        assert!(!j.to_string().contains("hunter2"));
    }
}

fn resource_of(policy: Value) -> Json {
    shown(&bucket(vec![("policy", policy)]))
}
