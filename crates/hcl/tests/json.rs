//! JSON syntax: blocks by their labels, strings as templates, and edits.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod show;

use trueline_hcl::layout::{
    insert_block, insert_json, insert_tuple_element, json_expression, json_literal, object_entry,
    remove_item, remove_object_entry, remove_tuple_element, replace_tuple_element, set_attribute,
    set_object_entry,
};
use trueline_hcl::{Block, ExprKind, File, Item, TemplatePart, parse_json};
use trueline_text::{Edit, apply};

const MAIN: &str = r#"{
  "//": "a comment",
  "terraform": { "required_version": ">= 1.5" },
  "provider": { "aws": [{ "region": "eu-west-1" }, { "alias": "us", "region": "us-east-1" }] },
  "variable": { "name": { "type": "string", "default": "x" } },
  "resource": {
    "aws_s3_bucket": {
      "b": {
        "bucket": "${var.name}-logs",
        "tags": { "Name": "b", "${var.name}": 1 }
      },
      "c": { "//": "no bucket" }
    }
  },
  "resource_like": 1,
  "locals": [{ "a": 1.5 }, { "b": [true, null] }]
}
"#;

fn tree(text: &str) -> File {
    let file = parse_json(text);
    assert_eq!(file.errors, [], "{text}");
    file
}

fn block<'a>(file: &'a File, kind: &'a str) -> &'a Block {
    file.body.blocks_of(kind).next().unwrap()
}

fn done(text: &str, edits: &[Edit]) -> String {
    let after = apply(text, edits).unwrap();
    assert_eq!(parse_json(&after).errors, [], "{after}");
    assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok());
    after
}

#[test]
fn block_types_are_unfolded_by_their_labels() {
    let file = tree(MAIN);
    let expected = r#"terraform {
  required_version = ">= 1.5"
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias = "us"
  region = "us-east-1"
}
variable "name" {
  type = "string"
  default = "x"
}
resource "aws_s3_bucket" "b" {
  bucket = `${var.name}"-logs"`
  tags = {<"Name">: "b", <${var.name}>: 1}
}
resource "aws_s3_bucket" "c" {
}
resource_like = 1
locals {
  a = 1.5
}
locals {
  b = [true null]
}"#;
    assert_eq!(show::body(&file.body).join("\n"), expected);
    assert!(block(&file, "resource").body.json);
}

#[test]
fn spans_lie_in_the_source_behind_escapes_too() {
    let text = "\u{feff}{\"locals\": {\"a\": \"\\u00e9\\n${f(\\\"x\\\", var.y)} z\"}}";
    let file = tree(text);
    let expr = &block(&file, "locals").body.attribute("a").unwrap().expr;
    assert_eq!(expr.span.text(text), "\"\\u00e9\\n${f(\\\"x\\\", var.y)} z\"");
    let ExprKind::Template(t) = &expr.kind else { panic!() };
    let [TemplatePart::Text { value, span }, TemplatePart::Interpolation(call), _] = t.parts.as_slice()
    else {
        panic!("{:?}", t.parts)
    };
    assert_eq!((&**value, span.text(text)), ("é\n", "\\u00e9\\n"));
    assert_eq!(call.span.text(text), "f(\\\"x\\\", var.y)");
    let ExprKind::Call(call) = &call.kind else { panic!() };
    assert_eq!(call.args[1].span.text(text), "var.y");
}

#[test]
fn properties_are_set() {
    let file = tree(MAIN);
    let bucket = block(&file, "resource");
    let after = done(MAIN, &set_attribute(MAIN, &bucket.body, "force_destroy", "true"));
    assert!(after.contains("\"${var.name}\": 1 },\n        \"force_destroy\": true\n      },"), "{after}");
    let after = done(MAIN, &set_attribute(MAIN, &bucket.body, "bucket", &json_expression("local.x[\"y\"]")));
    assert!(after.contains(r#""bucket": "${local.x[\"y\"]}","#), "{after}");
    let value = json_literal(&serde_json::json!({"a": "${x}", "b": [1]}), 0);
    let after = done(MAIN, &set_attribute(MAIN, &bucket.body, "tags", &value));
    assert!(after.contains("\"tags\": {\n          \"a\": \"$${x}\",\n          \"b\": [\n            1\n          ]\n        }\n"), "{after}");
    let after = done(MAIN, &set_attribute(MAIN, &block(&file, "terraform").body, "x", "1"));
    assert!(after.contains("{ \"required_version\": \">= 1.5\", \"x\": 1 }"), "{after}");
    let text = "{\"locals\": {}}\r\n";
    let after = done(text, &set_attribute(text, &block(&tree(text), "locals").body, "a", "1"));
    assert_eq!(after, "{\"locals\": {\r\n  \"a\": 1\r\n}}\r\n");
    let text = "{}";
    assert_eq!(done(text, &set_attribute(text, &tree(text).body, "a", "1")), "{\n  \"a\": 1\n}");
}

#[test]
fn names_of_properties_are_templates_too() {
    let value = json_literal(&serde_json::json!({"a${b}": {"%{c}": 1}, "$d": "e"}), 0);
    assert_eq!(value, "{\n  \"$d\": \"e\",\n  \"a$${b}\": {\n    \"%%{c}\": 1\n  }\n}");
    let text = "{\"locals\": {\"tags\": {\"a\": \"b\"}}}";
    let file = tree(text);
    let tags = &block(&file, "locals").body.attribute("tags").unwrap().expr;
    for (key, written) in
        [("c", "c"), ("c${d}", "c$${d}"), ("%{x}", "%%{x}"), ("$x", "$x"), ("a\"b", "a\\\"b")]
    {
        let after = done(text, &set_object_entry(text, tags, key, "1").unwrap());
        assert!(after.contains(&format!("\"{written}\": 1")), "{after}");
    }
}

#[test]
fn strings_are_literal_where_nothing_can_be_referred_to() {
    let text = r#"{
      "variable": {"x": {"default": "${a} $${b}", "description": "%{", "type": "list(string)", "validation": {"condition": "${1 == 1}"}}},
      "output": {"o": {"description": "${", "value": "a-${local.n}"}},
      "module": {"m": {"source": "./${x}", "version": "${", "y": "${1}"}}
    }"#;
    let file = tree(text);
    fn literal<'f>(file: &'f File, kind: &'f str, name: &str) -> Option<&'f str> {
        block(file, kind).body.attribute(name).unwrap().expr.as_literal_str()
    }
    let of = |kind: &'static str, name: &str| literal(&file, kind, name);
    assert_eq!(of("variable", "default"), Some("${a} $${b}"));
    assert_eq!(of("variable", "description"), Some("%{"));
    assert_eq!([of("output", "description"), of("output", "value")], [Some("${"), None]);
    assert_eq!(
        [of("module", "source"), of("module", "version"), of("module", "y")],
        [Some("./${x}"), Some("${"), None]
    );
    let values = trueline_hcl::parse_json_values(r#"{"module": {"a": "${b"}, "//": "no", "x": ["%{ if"]}"#);
    assert_eq!(values.errors, []);
    let names: Vec<&str> = values.body.attributes().map(|a| &*a.name.text).collect();
    assert_eq!(names, ["module", "x"]);
}

#[test]
fn blocks_come_beside_those_that_are_there() {
    let file = tree(MAIN);
    let body = &block(&file, "resource").body;
    let once = done(MAIN, &insert_block(MAIN, body, "\"versioning\": {\"enabled\": true}"));
    assert!(once.contains("\"versioning\": {\"enabled\": true}\n"), "{once}");
    let body = &block(&tree(&once), "resource").body.clone();
    let twice = done(&once, &insert_block(&once, body, "\"versioning\": {\"enabled\": false}"));
    assert!(twice.contains("\"versioning\": [{\"enabled\": true}, {\"enabled\": false}]"), "{twice}");

    let after = done(MAIN, &insert_json(MAIN, &file.body, &["resource", "aws_s3_bucket", "d"], "{}"));
    assert!(after.contains("\"c\": { \"//\": \"no bucket\" },\n      \"d\": {}\n"), "{after}");
    let after =
        done(MAIN, &insert_json(MAIN, &file.body, &["resource", "aws_kms_key", "k"], "{\n  \"a\": 1\n}"));
    let expected = "    },\n    \"aws_kms_key\": {\n      \"k\": {\n        \"a\": 1\n      }\n    }\n  },\n";
    assert!(after.contains(expected), "{after}");
    let after = done(MAIN, &insert_json(MAIN, &file.body, &["data", "t", "n"], "{}"));
    assert!(after.contains("],\n  \"data\": {\n    \"t\": {\n      \"n\": {}\n    }\n  }\n}\n"), "{after}");
}

#[test]
fn what_is_left_empty_goes_with_a_block() {
    let file = tree(MAIN);
    let removed = |n: usize| done(MAIN, &remove_item(MAIN, &file.body, &file.body.items[n]));
    assert!(!removed(0).contains("terraform"));
    assert!(removed(1).contains("\"aws\": [{ \"alias\": \"us\", \"region\": \"us-east-1\" }]"));
    assert!(!removed(3).contains("variable"));
    assert!(removed(4).contains("\"aws_s3_bucket\": {\n      \"c\": { \"//\": \"no bucket\" }\n    }"));
    let bucket = &block(&file, "resource").body;
    let Some(Item::Attribute(_)) = bucket.items.last() else { panic!() };
    let after = done(MAIN, &remove_item(MAIN, bucket, bucket.items.last().unwrap()));
    assert!(after.contains("\"bucket\": \"${var.name}-logs\"\n      },"), "{after}");
}

#[test]
fn elements_and_entries() {
    let file = tree(MAIN);
    let tags = &block(&file, "resource").body.attribute("tags").unwrap().expr;
    let after = done(MAIN, &set_object_entry(MAIN, tags, "Owner", "\"x\"").unwrap());
    assert!(after.contains("{ \"Name\": \"b\", \"${var.name}\": 1, \"Owner\": \"x\" }"), "{after}");
    let after = done(MAIN, &set_object_entry(MAIN, tags, "Name", "2").unwrap());
    assert!(after.contains("{ \"Name\": 2, \"${var.name}\": 1 }"), "{after}");
    let after = done(MAIN, &remove_object_entry(MAIN, tags, object_entry(tags, "Name").unwrap()).unwrap());
    assert!(after.contains("{ \"${var.name}\": 1 }"), "{after}");
    let list = &file.body.blocks_of("locals").last().unwrap().body.attribute("b").unwrap().expr;
    let show = |edits: Option<Vec<Edit>>| {
        let after = done(MAIN, &edits.unwrap());
        after[after.find("\"b\": [").unwrap()..].split_once(']').unwrap().0.to_owned()
    };
    assert_eq!(show(insert_tuple_element(MAIN, list, 1, "7")), "\"b\": [true, 7, null");
    assert_eq!(show(remove_tuple_element(MAIN, list, 1)), "\"b\": [true");
    assert_eq!(show(replace_tuple_element(MAIN, list, 0, "8")), "\"b\": [8, null");
}
