//! What the AWS provider adds, drops and rewrites while it plans. Each expectation was asked from provider 5.100.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where its plan is not what it expects"
)]

mod support;

use serde_json::{Value as Json, json};
use support::plan_of;
use trueline_model::Plan;

fn change(plan: &Plan, address: &str) -> Json {
    let all = plan.json["resource_changes"].as_array().unwrap();
    let addresses: Vec<&Json> = all.iter().map(|c| &c["address"]).collect();
    let found = all.iter().find(|c| c["address"] == address);
    found.unwrap_or_else(|| panic!("no {address} in {addresses:?}"))["change"].clone()
}

#[test]
fn a_certificate_knows_its_names_and_which_records_validate_them() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_acm_certificate" "c" {
          domain_name               = "a.com"
          subject_alternative_names = ["*.a.com"]
          validation_method         = "DNS"
        }
        resource "aws_route53_record" "v" {
          for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }
          zone_id  = "Z1"
          name     = each.value.resource_record_name
          type     = each.value.resource_record_type
        }
        resource "aws_acm_certificate" "mail" {
          domain_name       = "b.com"
          validation_method = "EMAIL"
        }"#,
    )]);
    assert_eq!(
        change(&plan, "aws_acm_certificate.c")["after"]["subject_alternative_names"],
        json!(["*.a.com", "a.com"])
    );
    assert_eq!(change(&plan, r#"aws_route53_record.v["*.a.com"]"#)["after_unknown"]["name"], json!(true));
    let mail = change(&plan, "aws_acm_certificate.mail");
    assert_eq!(mail["after_unknown"]["domain_validation_options"], json!(true));
    assert_eq!(mail["after"]["subject_alternative_names"], json!(["b.com"]));
}

#[test]
fn terraforms_own_resource_gives_out_what_it_gets_on_apply() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"terraform_data\" \"t\" {\n  input = { a = 1 }\n}\nresource \"terraform_data\" \"none\" {}\n",
    )]);
    let given = &change(&plan, "terraform_data.t")["after_unknown"];
    assert_eq!((&given["id"], &given["output"]), (&json!(true), &json!(true)));
    assert_eq!(change(&plan, "terraform_data.none")["after_unknown"], json!({"id": true}));
}

#[test]
fn defaults_that_hang_on_other_arguments_hold_where_those_are_so() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_lb" "app" {}
        resource "aws_lb" "net" {
          load_balancer_type = "network"
          enable_http2       = true
        }
        resource "aws_eip" "e" {}
        resource "aws_lb" "unknown" {
          load_balancer_type = aws_eip.e.id
        }"#,
    )]);
    let of = |name: &str| change(&plan, &format!("aws_lb.{name}"));
    let after = |name: &str, attribute: &str| of(name)["after"][attribute].clone();
    assert_eq!((after("app", "idle_timeout"), after("app", "enable_http2")), (json!(60), json!(true)));
    assert_eq!(after("app", "load_balancer_type"), json!("application"));
    assert_eq!(after("app", "enable_cross_zone_load_balancing"), Json::Null);
    // What a network load balancer does not have is dropped, even if it is written.
    assert_eq!((after("net", "idle_timeout"), after("net", "enable_http2")), (Json::Null, Json::Null));
    assert_eq!(after("net", "enable_cross_zone_load_balancing"), json!(false));
    // Of which kind it is nobody knows: nothing is stated.
    assert_eq!(after("unknown", "idle_timeout"), Json::Null);
}

#[test]
fn blocks_that_the_provider_may_fill_in_are_unknown_where_none_is_written() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_lb_target_group\" \"t\" {\n  health_check {\n    path = \"/x\"\n  }\n}\n",
    )]);
    let c = change(&plan, "aws_lb_target_group.t");
    assert_eq!(c["after_unknown"]["stickiness"], json!(true));
    assert_eq!(c["after"]["health_check"][0]["interval"], json!(30));
    assert!(c["after"].get("stickiness").is_none());
}

#[test]
fn texts_are_shown_as_the_provider_writes_them() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_instance" "i" {
          user_data = "\#!/bin/sh"
        }
        resource "aws_security_group" "g" {
          ingress {
            protocol  = "ALL"
            from_port = 0
            to_port   = 0
          }
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = "{ \"Version\": \"2012-10-17\", \"Statement\": [] }"
        }"#
        .replace("\\#", "#")
        .as_str(),
    )]);
    assert_eq!(
        change(&plan, "aws_instance.i")["after"]["user_data"],
        json!("8ba27a5c52aadda081f0346f31b2e3044f15894c")
    );
    assert_eq!(change(&plan, "aws_security_group.g")["after"]["ingress"][0]["protocol"], json!("-1"));
    let policy = &change(&plan, "aws_iam_role.r")["after"]["assume_role_policy"];
    assert_eq!(*policy, json!("{\"Statement\":[],\"Version\":\"2012-10-17\"}"));
}

/// Both generations of the provider's resources, with each kind of default tags: as provider 5.100 planned them.
#[test]
fn null_and_empty_tags_meet_default_tags_as_in_real_plans() {
    const SDK: &str = "aws_sqs_queue";
    const FRAMEWORK: &str = "aws_vpc_security_group_ingress_rule";
    let known = |v: Json| (v, Json::Null);
    let open = || (Json::Null, json!(true));
    type Case<'a> = (&'a str, &'a str, &'a str, (Json, Json));
    let cases: Vec<Case<'_>> = vec![
        // Without default tags.
        ("", SDK, r#"{ Owner = null, Stage = "x" }"#, known(json!({"Stage": "x"}))),
        ("", SDK, r#"{ Owner = null }"#, open()),
        ("", SDK, r#"{ Owner = "", Stage = "x" }"#, open()),
        ("", SDK, "{}", open()),
        ("", SDK, "null", open()),
        ("", SDK, r#"{ Owner = " " }"#, known(json!({"Owner": " "}))),
        ("", FRAMEWORK, r#"{ Owner = null, Stage = "x" }"#, known(json!({"Owner": "", "Stage": "x"}))),
        ("", FRAMEWORK, r#"{ Owner = "" }"#, known(json!({"Owner": ""}))),
        ("", FRAMEWORK, "{}", known(json!({}))),
        ("", FRAMEWORK, "null", known(json!({}))),
        // With default tags.
        (PLAIN, SDK, r#"{ Owner = null }"#, known(json!({"Cost": "1", "Owner": "data"}))),
        (PLAIN, SDK, r#"{ Owner = "", Stage = "x" }"#, open()),
        (PLAIN, SDK, "{}", known(json!({"Cost": "1", "Owner": "data"}))),
        (PLAIN, FRAMEWORK, r#"{ Owner = null }"#, known(json!({"Cost": "1", "Owner": ""}))),
        (PLAIN, FRAMEWORK, r#"{ Owner = "" }"#, known(json!({"Cost": "1", "Owner": ""}))),
        (PLAIN, FRAMEWORK, "null", known(json!({"Cost": "1", "Owner": "data"}))),
        // With default tags that are empty or null.
        // Terraform knows of all but `Cost`, which is `""`.
        (EMPTY, SDK, r#"{ Owner = "me" }"#, open()),
        (EMPTY, SDK, r#"{ Owner = null }"#, open()),
        (EMPTY, SDK, "null", open()),
        (EMPTY, FRAMEWORK, r#"{ Owner = null }"#, known(json!({"Cost": "", "Owner": ""}))),
        (EMPTY, FRAMEWORK, "null", known(json!({"Cost": "", "Owner": "data"}))),
        // With tags that the provider takes no notice of.
        (IGNORED, SDK, r#"{ Owner = "me", Stage = "x" }"#, known(json!({"Owner": "me"}))),
        (IGNORED, SDK, r#"{ Stage = "" }"#, open()),
        (IGNORED, FRAMEWORK, r#"{ Owner = null, Stage = "x" }"#, known(json!({"Owner": ""}))),
        (IGNORED, SDK, "null", known(json!({"Owner": "data"}))),
    ];
    for (provider, kind, tags, (after, unknown)) in cases {
        let rest = match kind {
            SDK => "",
            _ => {
                r#"
                security_group_id = "sg-1"
                ip_protocol       = "-1"
                cidr_ipv4         = "10.0.0.0/8""#
            }
        };
        let text = format!("{provider}\nresource \"{kind}\" \"r\" {{\n{rest}\ntags = {tags}\n}}\n");
        let plan = plan_of(&[("main.tf", &text)]);
        let change = change(&plan, &format!("{kind}.r"));
        let is = |part: &str| match change[part].get("tags_all") {
            Some(Json::Object(o)) if part == "after_unknown" && o.is_empty() => Json::Null,
            v => v.cloned().unwrap_or_default(),
        };
        assert_eq!((is("after"), is("after_unknown")), (after, unknown), "{provider} {kind} {tags}");
    }
}

const PLAIN: &str = r#"provider "aws" {
  default_tags {
    tags = { Owner = "data", Cost = "1" }
  }
}"#;

const EMPTY: &str = r#"provider "aws" {
  default_tags {
    tags = { Owner = "data", Cost = "", Nil = null }
  }
}"#;

const IGNORED: &str = r#"provider "aws" {
  default_tags {
    tags = { Owner = "data", Cost = "1" }
  }
  ignore_tags {
    keys         = ["Stage"]
    key_prefixes = ["Co"]
  }
}"#;

#[test]
fn an_object_may_override_the_default_tags_of_its_provider() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        provider "aws" {
          region = "eu-west-1"
          default_tags {
            tags = { Owner = "core" }
          }
        }
        resource "aws_s3_object" "plain" {
          bucket = "b"
          key    = "k"
        }
        resource "aws_s3_object" "own" {
          bucket = "b"
          key    = "k"
          tags   = { A = "1" }
          override_provider {
            default_tags {
              tags = {}
            }
          }
        }"#,
    )]);
    assert_eq!(change(&plan, "aws_s3_object.plain")["after"]["tags_all"], json!({"Owner": "core"}));
    assert_eq!(change(&plan, "aws_s3_object.own")["after"]["tags_all"], json!({"A": "1"}));
}

#[test]
fn what_is_dropped_where_it_is_a_word_stays_where_it_is_empty() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        resource "aws_dynamodb_table" "t" {
          name     = "t"
          hash_key = "id"
          attribute {
            name = "id"
            type = "S"
          }
          ttl {
            enabled        = false
            attribute_name = ""
          }
        }"#,
    )]);
    assert_eq!(change(&plan, "aws_dynamodb_table.t")["after"]["ttl"][0]["attribute_name"], json!(""));
}

#[test]
fn a_data_source_that_depends_on_a_change_is_read_on_apply() {
    let document = "statement {\n actions = [\"s3:GetObject\"]\n resources = [\"*\"]\n }\n";
    let main = format!(
        r#"
        provider "aws" {{
          region = "eu-west-1"
        }}
        resource "aws_s3_bucket" "b" {{
          bucket = "abc"
        }}
        resource "aws_s3_bucket" "none" {{
          count  = 0
          bucket = "abd"
        }}
        data "aws_iam_policy_document" "waits" {{
          {document}
          depends_on = [aws_s3_bucket.b]
        }}
        data "aws_iam_policy_document" "does_not" {{
          {document}
          depends_on = [aws_s3_bucket.none, data.aws_region.r]
        }}
        data "aws_iam_policy_document" "through" {{
          {document}
          depends_on = [data.aws_iam_policy_document.waits]
        }}
        data "aws_iam_policy_document" "named" {{
          statement {{
            actions   = ["s3:GetObject"]
            resources = ["arn:aws:s3:::${{aws_s3_bucket.b.bucket}}/*"]
          }}
        }}
        resource "aws_iam_policy" "named" {{
          policy = data.aws_iam_policy_document.named.json
        }}
        data "aws_region" "r" {{}}
        module "after" {{
          source     = "./m"
          depends_on = [module.before]
        }}
        module "before" {{
          source = "./m"
        }}
        resource "aws_iam_policy" "waits" {{
          policy = data.aws_iam_policy_document.waits.json
        }}
        resource "aws_iam_policy" "does_not" {{
          policy = data.aws_iam_policy_document.does_not.json
        }}
        resource "aws_iam_policy" "through" {{
          policy = data.aws_iam_policy_document.through.json
        }}
        resource "aws_sqs_queue" "found" {{
          tags = merge({{ A = "b" }}, lookup({{}}, data.aws_availability_zones.z.names[0], {{}}))
        }}
        resource "aws_sqs_queue" "waits" {{
          tags = merge({{ A = "b" }}, lookup({{}}, data.aws_availability_zones.w.names[0], {{}}))
        }}
        data "aws_availability_zones" "z" {{}}
        data "aws_availability_zones" "w" {{
          depends_on = [aws_s3_bucket.b]
        }}"#
    );
    let module = format!(
        "data \"aws_iam_policy_document\" \"d\" {{\n{document}}}\nresource \"aws_iam_policy\" \"p\" {{\n  \
         policy = data.aws_iam_policy_document.d.json\n}}\n"
    );
    let plan = plan_of(&[("main.tf", &main), ("m/main.tf", &module)]);
    let policy_is_open = |address: &str| change(&plan, address)["after_unknown"]["policy"] == json!(true);
    assert!(policy_is_open("aws_iam_policy.waits"));
    assert!(!policy_is_open("aws_iam_policy.does_not"));
    // What stands behind a data source does not count, but a name that is known already does.
    assert!(!policy_is_open("aws_iam_policy.through"));
    assert!(policy_is_open("aws_iam_policy.named"));
    assert!(policy_is_open("module.after.aws_iam_policy.p"));
    assert!(!policy_is_open("module.before.aws_iam_policy.p"));
    // Policies look into it all the same.
    let seen = support::value(&plan, "aws_iam_policy.waits", "policy").document.clone().unwrap();
    let action = seen.at(&"Statement[0].Action".parse().unwrap()).unwrap();
    assert_eq!(action.as_str(), Some("s3:GetObject"));
    assert_eq!(change(&plan, "aws_sqs_queue.found")["after"]["tags"], json!({"A": "b"}));
    assert_eq!(change(&plan, "aws_sqs_queue.waits")["after_unknown"]["tags"], json!(true));
    let all = plan.json["resource_changes"].as_array().unwrap();
    let read = all.iter().find(|c| c["address"] == "data.aws_iam_policy_document.waits").unwrap();
    assert_eq!(read["action_reason"], "read_because_dependency_pending");
}
