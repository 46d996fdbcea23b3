//! Expected texts were asked from provider 5.100 for the same configuration.

use serde_json::{Value as Json, json};
use trueline_model::{Address, Route};
use trueline_text::{FileId, Span};

use super::*;

const AT: Location = Location { file: FileId(0), span: Span::new(0, 1) };

/// A configuration; the string `?` is unknown.
fn config(json: &Json) -> Value {
    let kind = match json {
        Json::Null => Kind::Null(Type::Any),
        Json::Bool(b) => Kind::Bool(*b),
        Json::Number(n) => Kind::Number(n.as_i64().unwrap().into()),
        Json::String(s) if s == "?" => Kind::Unknown(Arc::new(Unknown::new(
            Type::String,
            Reason::Computed(Arc::new(Address::managed("aws_s3_bucket", "b")), "arn".parse().unwrap()),
        ))),
        Json::String(s) => Kind::String(s.as_str().into()),
        Json::Array(items) => Kind::Tuple(Arc::new(items.iter().map(config).collect())),
        Json::Object(m) => {
            Kind::Object(Arc::new(m.iter().map(|(k, v)| (k.as_str().into(), config(v))).collect()))
        }
    };
    Value::from(kind)
}

fn minified(json: Json) -> String {
    let out = evaluate(&config(&json), AT);
    match out["minified_json"].as_str() {
        Some(s) => s.to_owned(),
        None => out["minified_json"].reason().unwrap().to_string(),
    }
}

#[test]
fn statements_are_printed_as_the_provider_prints_them() {
    let own = json!({"statement": [
        {
            "sid": "One",
            "actions": ["s3:GetObject", "s3:ListBucket", "s3:*"],
            "resources": ["arn:aws:s3:::b/&{aws:username}/*", "arn:aws:s3:::b"],
            "principals": [
                {"type": "AWS", "identifiers": ["arn:aws:iam::111111111111:root", "222222222222"]},
                {"type": "Service", "identifiers": ["ec2.amazonaws.com"]},
                {"type": "AWS", "identifiers": ["333333333333"]},
            ],
            "condition": [
                {"test": "StringEquals", "variable": "aws:x", "values": ["b", "a"]},
                {"test": "StringEquals", "variable": "aws:x", "values": ["c"]},
                {"test": "StringLike", "variable": "aws:y", "values": ["<&>*"]},
            ],
        },
        {
            "sid": null,
            "effect": "Deny",
            "not_actions": ["a:b"],
            "not_resources": ["*"],
            "not_principals": [{"type": "*", "identifiers": ["*"]}],
        },
    ]});
    let expected = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Allow\",\
        \"Action\":[\"s3:ListBucket\",\"s3:GetObject\",\"s3:*\"],\
        \"Resource\":[\"arn:aws:s3:::b/${aws:username}/*\",\"arn:aws:s3:::b\"],\
        \"Principal\":{\"AWS\":[\"arn:aws:iam::111111111111:root\",\"222222222222\",\"333333333333\"],\
        \"Service\":\"ec2.amazonaws.com\"},\
        \"Condition\":{\"StringEquals\":{\"aws:x\":[\"b\",\"a\",\"c\"]},\
        \"StringLike\":{\"aws:y\":\"\\u003c\\u0026\\u003e*\"}}},\
        {\"Effect\":\"Deny\",\"NotAction\":\"a:b\",\"NotResource\":\"*\",\"NotPrincipal\":\"*\"}]}";
    assert_eq!(minified(own.clone()), expected);
    let out = evaluate(&config(&own), AT);
    assert_eq!(out["id"].as_str(), Some("1465841412"));
    let text = out["json"].as_str().unwrap();
    assert!(
        text.starts_with(
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Sid\": \"One\","
        ),
        "{text}"
    );
    let filled: Route = "[1].sid".parse().unwrap();
    assert_eq!(out["statement"].at(&filled).and_then(Value::as_str), Some(""));
    assert_eq!(out["version"].as_str(), Some("2012-10-17"));
}

#[test]
fn several_blocks_of_one_kind_come_in_the_order_of_the_provider() {
    let block = |ids: &[&str]| json!({"type": "AWS", "identifiers": ids});
    let values = |values: &[&str]| json!({"test": "S", "variable": "v", "values": values});
    let made = minified(json!({"statement": [{
        "actions": ["x"],
        "principals": [block(&["a", "b"]), block(&["c"]), block(&["d", "e"]), block(&["f"])],
        "condition": [
            values(&["1"]), values(&["2", "3"]), values(&["4"]), values(&["5", "0"]),
            {"test": "S", "variable": "w", "values": []},
        ],
    }]}));
    assert_eq!(
        made,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"x\",\
        \"Principal\":{\"AWS\":[\"e\",\"d\",\"b\",\"a\",\"f\",\"c\"]},\
        \"Condition\":{\"S\":{\"v\":[\"1\",\"2\",\"3\",\"5\",\"0\",\"4\"],\"w\":[]}}}]}"
    );
}

#[test]
fn everyone_is_a_plain_star_only_where_it_stands_alone() {
    let star = json!({"type": "*", "identifiers": ["*"]});
    let made = minified(json!({"statement": [
        {"principals": [star, {"type": "AWS", "identifiers": ["1"]}, {"type": "AWS", "identifiers": ["2"]}]},
        {"principals": [{"type": "*", "identifiers": ["*", "x"]}]},
        {"principals": [{"type": "AWS", "identifiers": ["*"]}]},
    ]}));
    assert_eq!(
        made,
        "{\"Version\":\"2012-10-17\",\"Statement\":[\
        {\"Effect\":\"Allow\",\"Principal\":{\"*\":\"*\",\"AWS\":[\"1\",\"2\"]}},\
        {\"Effect\":\"Allow\",\"Principal\":{\"*\":[\"x\",\"*\"]}},\
        {\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"}}]}"
    );
}

#[test]
fn variables_of_the_policy_language_are_replaced_where_the_provider_does() {
    let made = minified(json!({"statement": [{
        "sid": "a&{x}",
        "actions": ["a&{b}"],
        "resources": ["r&{b}&{c}"],
        "not_principals": [{"type": "A&{W}", "identifiers": ["&{p}"]}],
        "condition": [{"test": "S&{t}", "variable": "&{v}", "values": ["&{w}", "x"]}],
    }]}));
    assert_eq!(
        made,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\\u0026{x}\",\"Effect\":\"Allow\",\
        \"Action\":\"a\\u0026{b}\",\"Resource\":\"r${b}${c}\",\"NotPrincipal\":{\"A\\u0026{W}\":\"${p}\"},\
        \"Condition\":{\"S\\u0026{t}\":{\"\\u0026{v}\":[\"${w}\",\"x\"]}}}]}"
    );
    let old = json!({"version": "2008-10-17", "statement": [{"resources": ["r&{b}"]}]});
    assert!(minified(old).contains("`r&{b}` holds `&{`"));
}

#[test]
fn source_and_override_documents_are_merged() {
    let source = "{\"Statement\":[{\"Sid\":\"a\",\"Principal\":\"foo\",\"NotPrincipal\":{\"B\":[\"x\"],\"A\":\"y\",\"C\":[]}},\
        {\"Principal\":{\"AWS\":[\"*\"]}},{\"Principal\":{\"*\":[\"*\",\"b\"]}}],\"Version\":\"2020\"}";
    let over = "{\"Statement\":[{\"Sid\":\"a\",\"Action\":[1.5,1e30,true]}], \"id\":\"low\"}";
    let made = minified(json!({"source_policy_documents": [source], "override_policy_documents": [over]}));
    assert_eq!(
        made,
        "{\"Version\":\"2020\",\"Id\":\"low\",\"Statement\":[{\"Sid\":\"a\",\"Action\":[1.5,1e+30,true]},\
        {\"Principal\":{\"AWS\":[\"*\"]}},{\"Principal\":{\"*\":[\"b\",\"*\"]}}]}"
    );
    let made = minified(json!({
        "policy_id": "pid",
        "version": "2008-10-17",
        "source_policy_documents": [
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Allow\",\"Action\":\"a\"}]}",
            "{\"Statement\":[{\"Sid\":\"X\",\"Effect\":\"Allow\",\"Action\":[\"z:z\",\"a:a\"],\"Resource\":\"*\",\"Principal\":\"*\",\
              \"Condition\":{\"Bool\":{\"k\":[\"z\",\"a\"],\"j\":\"true\"}}}]}",
        ],
        "statement": [{"sid": "X2", "actions": [], "resources": ["*"]}],
        "override_policy_documents": ["{\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Deny\",\"Action\":\"*\",\
            \"NotPrincipal\":{\"AWS\":[\"b\",\"c\",\"a\"],\"Federated\":\"f\"}}]}"],
    }));
    assert_eq!(
        made,
        "{\"Version\":\"2012-10-17\",\"Id\":\"pid\",\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Deny\",\"Action\":\"*\",\
        \"NotPrincipal\":{\"AWS\":[\"c\",\"b\",\"a\"],\"Federated\":\"f\"}},\
        {\"Sid\":\"X\",\"Effect\":\"Allow\",\"Action\":[\"z:z\",\"a:a\"],\"Resource\":\"*\",\"Principal\":\"*\",\
        \"Condition\":{\"Bool\":{\"j\":\"true\",\"k\":[\"z\",\"a\"]}}},\
        {\"Sid\":\"X2\",\"Effect\":\"Allow\",\"Resource\":\"*\"}]}"
    );
    assert_eq!(minified(json!({})), "{\"Version\":\"2012-10-17\"}");
}

#[test]
fn what_the_provider_refuses_is_unknown_with_the_reason() {
    for (given, why) in [
        (json!({"statement": [{"sid": "x"}, {"sid": "x"}]}), "duplicate Sid (`x`)"),
        (
            json!({"source_policy_documents": ["{\"Statement\":[{\"Sid\":\"a\"}]}", "{\"Statement\":[{\"Sid\":\"a\"}]}"]}),
            "source_policy_documents[1]",
        ),
        (json!({"source_policy_documents": ["not json"]}), "it is no JSON"),
        (json!({"source_policy_documents": ["[]"]}), "it is no JSON object"),
        (json!({"source_policy_documents": ["{\"Statement\":{\"Sid\":\"A\"}}"]}), "`Statement` is no list"),
        (json!({"override_policy_documents": ["{\"Statement\":[{\"Sid\":5}]}"]}), "`Sid` is no string"),
        (
            json!({"override_policy_documents": ["{\"Statement\":[{\"Principal\":[]}]}"]}),
            "`Principal` is neither",
        ),
        (
            json!({"override_policy_documents": ["{\"Statement\":[{\"Condition\":{\"S\":{\"a\":[1]}}}]}"]}),
            "`Condition.S.a`",
        ),
    ] {
        let said = minified(given);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn an_unknown_leaf_leaves_the_rest_to_look_into() {
    let out = evaluate(
        &config(&json!({
            "source_policy_documents": ["?"],
            "statement": [{
                "actions": ["s3:Get*", "s3:*"],
                "resources": ["?"],
                "principals": [{"type": "AWS", "identifiers": ["?", "b"]}],
            }],
        })),
        AT,
    );
    let json = &out["json"];
    assert!(json.is_unknown() && matches!(json.reason(), Some(Reason::Computed(..))));
    assert!(!out.contains_key("statement"), "the provider fills nothing in before it is read");
    let at = |route: &str| json.at(&route.parse().unwrap()).unwrap_or_else(|| panic!("{route}"));
    assert!(at("Statement[0]").is_unknown(), "the statements of the unknown document");
    assert_eq!(at("Statement[1].Action[0]").as_str(), Some("s3:Get*"));
    assert!(at("Statement[1].Resource").is_unknown(), "a single resource stands alone");
    assert_eq!(at("Statement[1].Principal.AWS[0]").as_str(), Some("b"));
    assert!(at("Statement[1].Principal.AWS[1]").is_unknown());
}

#[test]
fn leaves_keep_their_origin_and_their_mark() {
    let at = Location { file: FileId(3), span: Span::new(10, 20) };
    let mut action = Value::string("s3:*").with_origin(Some(Origin::literal(at)));
    action.sensitive = true;
    let statement = Value::object(BTreeMap::from([("actions".into(), Value::tuple(vec![action]))]));
    let config = Value::object(BTreeMap::from([("statement".into(), Value::tuple(vec![statement]))]));
    let out = evaluate(&config, AT);
    let leaf = out["json"].at(&"Statement[0].Action".parse().unwrap()).unwrap();
    assert_eq!(leaf.origin.as_ref().unwrap().source_literal().unwrap().at, at);
    assert!(leaf.sensitive && out["json"].sensitive && out["id"].sensitive);
}
