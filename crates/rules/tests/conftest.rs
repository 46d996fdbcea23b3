//! The plain conftest policies of `examples/conftest` say what they promise, in the old syntax.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // a test that reads the workspace as it is

use std::path::Path;

use serde_json::{Value as Json, json};
use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, Version, compile};

fn denied(package: &str, plan: &Json) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/conftest/policy");
    let mut files: Vec<PolicyFile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| {
            let mut file = PolicyFile::new(
                p.file_name().unwrap().to_string_lossy(),
                std::fs::read_to_string(&p).unwrap(),
            );
            file.version = Some(Version::V0);
            file
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let compiled = compile(&files, &CompileOptions::default()).unwrap();
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_input(Value::parse_json(&plan.to_string()).unwrap());
    let found = session.rule(&format!("data.{package}.deny")).unwrap().unwrap().to_json();
    found.as_array().unwrap().iter().map(|m| m.as_str().unwrap().to_owned()).collect()
}

fn change(kind: &str, after: Json) -> Json {
    json!({"address": format!("{kind}.x"), "mode": "managed", "type": kind, "name": "x",
        "change": {"actions": ["create"], "after": after, "after_unknown": {}}})
}

fn policy(kind: &str, statement: Json) -> Json {
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    json!({"resource_changes": [change(kind, json!({"policy": text}))]})
}

#[test]
fn a_wildcard_is_found_as_text_and_in_a_list() {
    for action in [json!("*"), json!(["s3:GetObject", "*"])] {
        let one = json!({"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::b"});
        for statement in [one.clone(), json!([one])] {
            let found = denied("terraform.iam", &policy("aws_iam_policy", statement));
            assert_eq!(found, ["aws_iam_policy.x allows every action (\"Action\": \"*\")"]);
        }
    }
}

#[test]
fn other_excesses_are_found_and_the_rest_is_left_alone() {
    let found = |kind: &str, statement: Json| denied("terraform.iam", &policy(kind, statement));
    let write = json!({"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "*"});
    assert_eq!(
        found("aws_iam_role_policy", write),
        ["aws_iam_role_policy.x allows s3:PutObject on every resource (\"Resource\": \"*\")"]
    );
    let service = json!({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b"});
    assert!(found("aws_iam_policy", service).concat().contains("everything that a service can do"));
    let but = json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:x"});
    assert!(found("aws_iam_policy", but).concat().contains("NotAction"));
    for principal in [json!("*"), json!({"AWS": "*"}), json!({"AWS": ["1", "*"]})] {
        let open =
            json!({"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*"});
        assert!(found("aws_sqs_queue_policy", open).concat().contains("lets everybody in"));
    }
    for fine in [
        json!({"Effect": "Deny", "Action": "*", "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": ["arn:aws:s3:::b/*"]}),
    ] {
        assert_eq!(found("aws_iam_policy", fine), Vec::<String>::new());
    }
    let document = json!({"resource_changes": [{"address": "data.aws_iam_policy_document.x", "mode": "data",
        "type": "aws_iam_policy_document", "name": "x",
        "change": {"actions": ["read"], "after": {"statement": [{"actions": ["*", "s3:*"], "effect": null}]}, "after_unknown": {}}}]});
    assert_eq!(denied("terraform.iam", &document).len(), 2);
}

#[test]
fn missing_tags_are_found() {
    let found = |after: Json, unknown: Json| {
        let mut c = change("aws_vpc", after);
        c["change"]["after_unknown"] = unknown;
        denied("terraform.tags", &json!({"resource_changes": [c]}))
    };
    assert_eq!(
        found(json!({"tags": null}), json!({})),
        ["aws_vpc.x lacks the tags CostCenter, Environment, Owner"]
    );
    let all = json!({"Owner": "a", "Environment": "b", "CostCenter": "c"});
    assert_eq!(found(json!({"tags": all}), json!({})).len(), 0);
    assert_eq!(found(json!({"tags": {"Owner": " "}, "tags_all": all}), json!({})).len(), 0);
    assert_eq!(
        found(json!({"tags": {"Owner": "a"}}), json!({"tags": {"CostCenter": true}})),
        ["aws_vpc.x lacks the tags Environment"]
    );
    assert_eq!(found(json!({"cidr_block": "10.0.0.0/16"}), json!({})).len(), 0);
    let group = json!({"resource_changes": [change("aws_autoscaling_group", json!({"tag": [{"key": "Owner", "value": "a"}]}))]});
    assert_eq!(
        denied("terraform.tags", &group),
        ["aws_autoscaling_group.x has no tag blocks for CostCenter, Environment"]
    );
}

#[test]
fn missing_encryption_is_found() {
    for (kind, bad, good) in [
        ("aws_db_instance", json!({"storage_encrypted": false}), json!({"storage_encrypted": true})),
        ("aws_rds_cluster", json!({}), json!({"engine_mode": "serverless"})),
        ("aws_ebs_volume", json!({"encrypted": null}), json!({"encrypted": true})),
        ("aws_sqs_queue", json!({"kms_master_key_id": null}), json!({"sqs_managed_sse_enabled": true})),
        ("aws_sns_topic", json!({"kms_master_key_id": ""}), json!({"kms_master_key_id": "alias/x"})),
        ("aws_cloudwatch_log_group", json!({}), json!({"kms_key_id": "arn:x"})),
        (
            "aws_dynamodb_table",
            json!({"server_side_encryption": []}),
            json!({"server_side_encryption": [{"enabled": true}]}),
        ),
        (
            "aws_instance",
            json!({"root_block_device": []}),
            json!({"root_block_device": [{"encrypted": true}]}),
        ),
        ("aws_s3_bucket", json!({}), json!({"server_side_encryption_configuration": [{"rule": []}]})),
    ] {
        let found = |after: &Json| {
            denied("terraform.encryption", &json!({"resource_changes": [change(kind, after.clone())]}))
        };
        assert_eq!(found(&bad).len(), 1, "{kind}");
        assert_eq!(found(&good), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn a_buckets_encryption_is_found_through_the_configuration() {
    let mut bucket = change("aws_s3_bucket", json!({}));
    bucket["module_address"] = json!("module.a[\"k.x\"].module.b");
    let companion = json!({"type": "aws_s3_bucket_server_side_encryption_configuration",
        "expressions": {"bucket": {"references": ["aws_s3_bucket.x.id", "aws_s3_bucket.x"]}}});
    let at = |module: Json| json!({"resource_changes": [bucket], "configuration": {"root_module": module}});
    let inside = at(
        json!({"module_calls": {"a": {"module": {"module_calls": {"b": {"module": {"resources": [companion]}}}}}}}),
    );
    assert_eq!(denied("terraform.encryption", &inside), Vec::<String>::new());
    let elsewhere = at(json!({"resources": [companion]}));
    assert_eq!(denied("terraform.encryption", &elsewhere).len(), 1);
}
