//! The corners of the language: files of both programs, texts that other parsers refuse, blocks that make no resources.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails where its plan is not what it expects")]

mod support;

use support::{plan_of, plan_with, resource, value, values};
use trueline_model::{NoteKind, Reason};
use trueline_terraform::{Inputs, Parsed, plan};
use trueline_text::Memory;

fn messages(plan: &trueline_model::Plan) -> Vec<&str> {
    plan.notes.iter().map(|n| n.message.as_str()).collect()
}

#[test]
fn a_file_of_opentofu_takes_the_place_of_the_one_of_the_same_name() {
    let files = Memory::from_iter([
        ("my.tofu/a.tf", "locals {\n  a = \"tf\"\n}\n"),
        ("my.tofu/a.tofu", "locals {\n  a = \"tofu\"\n}\n"),
        ("my.tofu/b.tf.json", r#"{"locals": {"b": "tf"}}"#),
        ("my.tofu/b.tofu.json", r#"{"locals": {"b": "tofu"}}"#),
        ("my.tofu/c.tf", "locals {\n  c = \"tf\"\n}\n"),
        // Of another syntax, hence another file.
        ("my.tofu/c.tofu.json", r#"{"locals": {"d": "tofu"}}"#),
        ("my.tofu/e_override.tofu", "locals {\n  c = \"over\"\n}\n"),
        ("my.tofu/t.tofutest.hcl", "run \"x\" {}\n"),
        ("my.tofu/t.tftest.hcl", "run \"x\" {}\n"),
        (
            "my.tofu/main.tf",
            "resource \"aws_sqs_queue\" \"q\" {\n  name   = \"${local.a}-${local.b}-${local.c}-${local.d}\"\n  policy = urldecode(\"a%2Fb\")\n}\n",
        ),
    ]);
    let parsed = Parsed::load(&files, &["my.tofu".to_owned()]);
    let plan = plan(&files, &parsed, "my.tofu", &Inputs::default());
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "\"tofu-tofu-over-tofu\"");
    assert_eq!(values(&plan, "aws_sqs_queue.q", "policy"), "\"a/b\"");
    assert_eq!(messages(&plan), [""; 0]);
}

/// What the well-known parser of HCL rejects, and Terraform reads.
#[test]
fn valid_texts_that_others_refuse_are_read() {
    let deep = format!("{}1{}", "[".repeat(150), "]".repeat(150));
    let text = format!(
        "\u{feff}locals {{\n  a = {{ for k, v in {{ x = 1 }} :\n    k => v +\n      1 }}\n  b = {{ k = 1, k = 2 }}\n  c = length(flatten({deep}))\n  d = [for v in [1, 2] :\n    v\n    if v >\n      1]\n  e = <<-EOT\n      first\n    %{{ if true ~}}\n        second\n    %{{ endif ~}}\n    EOT\n}}\nresource \"aws_sqs_queue\" \"q\" {{\n  name = \"${{local.a.x}} ${{local.b.k}} ${{local.c}} ${{local.d[0]}}\"\n  policy = local.e\n}}\n"
    );
    let plan = plan_of(&[("main.tf", &text)]);
    assert_eq!(messages(&plan), [""; 0]);
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "\"2 2 1 2\"");
    assert_eq!(values(&plan, "aws_sqs_queue.q", "policy"), "\"  first\\n        second\\n\"");
}

#[test]
fn one_error_does_not_lose_the_rest_of_the_file() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_sqs_queue\" \"a\" {\n  name = \"a\"\n  x = [1,,]\n  delay_seconds = 3\n}\nresource aws_sqs_queue b {\n  name = ]\n}\nresource \"aws_sqs_queue\" \"c\" {\n  name = \"c\"\n}\n",
    )]);
    assert_eq!(values(&plan, "aws_sqs_queue.a", "delay_seconds"), "3");
    assert_eq!(values(&plan, "aws_sqs_queue.c", "name"), "\"c\"");
    assert!(plan.notes.iter().filter(|n| n.kind == NoteKind::Error).count() >= 2);
}

#[test]
fn what_is_ephemeral_is_in_no_plan() {
    let plan = plan_of(&[(
        "main.tf",
        "variable \"t\" {\n  type      = string\n  ephemeral = true\n  default   = \"hunter2\"\n}\nephemeral \"aws_secretsmanager_random_password\" \"p\" {\n  password_length = 20\n}\nresource \"aws_ssm_parameter\" \"p\" {\n  name             = \"p\"\n  type             = \"SecureString\"\n  value_wo         = ephemeral.aws_secretsmanager_random_password.p.random_password\n  value_wo_version = 1\n}\nresource \"aws_ssm_parameter\" \"q\" {\n  name     = \"q\"\n  type     = \"SecureString\"\n  value_wo = var.t\n}\nresource \"aws_sqs_queue\" \"q\" {\n  name = ephemeralasnull(var.t) == null ? \"null\" : \"kept\"\n}\n",
    )]);
    assert_eq!(messages(&plan), [""; 0]);
    assert_eq!(values(&plan, "aws_sqs_queue.q", "name"), "\"null\"");
    for address in ["aws_ssm_parameter.p", "aws_ssm_parameter.q"] {
        let changes = plan.json["resource_changes"].as_array().unwrap();
        let change = changes.iter().find(|c| c["address"] == address).unwrap();
        assert!(change["change"]["after"]["value_wo"].is_null(), "{change}");
    }
}

#[test]
fn functions_of_providers_are_unknown_for_that_reason() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"aws_sqs_queue\" \"q\" {\n  name   = provider::aws::arn_parse(\"arn:aws:sqs:::x\").resource\n  policy = provider::terraform::encode_expr([1])\n}\n",
    )]);
    let reason = |route: &str| value(&plan, "aws_sqs_queue.q", route).reason().cloned();
    assert_eq!(reason("name"), Some(Reason::Function("provider::aws::arn_parse".into())));
    assert_eq!(reason("policy"), Some(Reason::Function("provider::terraform::encode_expr".into())));
    assert_eq!(messages(&plan), [""; 0]);
}

#[test]
fn files_are_read_inside_the_repository_only() {
    let files = Memory::from_iter([
        (
            "live/main.tf",
            "module \"m\" {\n  source = \"../m\"\n}\nresource \"aws_sqs_queue\" \"a\" {\n  name = file(\"in.txt\")\n}\nresource \"aws_sqs_queue\" \"b\" {\n  name = file(\"../../out.txt\")\n}\nresource \"aws_sqs_queue\" \"c\" {\n  name = file(\"/etc/hostname\")\n}\n",
        ),
        ("live/in.txt", "inside"),
        ("../out.txt", "outside"),
        ("m/main.tf", "resource \"aws_sqs_queue\" \"d\" {\n  name = file(\"${path.module}/its.txt\")\n}\n"),
        ("m/its.txt", "beside"),
    ]);
    let parsed = Parsed::load(&files, &["live".to_owned()]);
    let plan = plan(&files, &parsed, "live", &Inputs::default());
    assert_eq!(values(&plan, "aws_sqs_queue.a", "name"), "\"inside\"");
    assert_eq!(values(&plan, "module.m.aws_sqs_queue.d", "name"), "\"beside\"");
    for (address, path) in [("aws_sqs_queue.b", "../../out.txt"), ("aws_sqs_queue.c", "/etc/hostname")] {
        assert_eq!(value(&plan, address, "name").reason(), Some(&Reason::File(path.into())), "{address}");
    }
}

#[test]
fn blocks_that_make_no_resources_are_read_in_silence() {
    let inputs = Inputs { workspace: "prod".into(), ..Inputs::default() };
    let plan = plan_with(
        &[
            (
                "main.tf",
                "terraform {\n  required_version = \">= 1.5\"\n  backend \"s3\" {}\n}\nlocals {\n  ids = { a = \"x\", b = \"y\" }\n}\nmoved {\n  from = aws_sqs_queue.old\n  to   = aws_sqs_queue.q[\"a\"]\n}\nmoved {\n  from = module.old\n  to   = module.m\n}\nremoved {\n  from = aws_sns_topic.gone\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  for_each = local.ids\n  to       = aws_sqs_queue.q[each.key]\n  id       = each.value\n}\ncheck \"c\" {\n  data \"aws_region\" \"r\" {}\n  assert {\n    condition     = length(aws_sqs_queue.q) == 2\n    error_message = \"two\"\n  }\n}\nresource \"aws_sqs_queue\" \"q\" {\n  for_each = local.ids\n  name     = \"${terraform.workspace}-${path.module}-${path.root}-${each.key}\"\n  lifecycle {\n    precondition {\n      condition     = each.value != \"\"\n      error_message = \"no\"\n    }\n    postcondition {\n      condition     = self.name != \"\"\n      error_message = \"no\"\n    }\n  }\n}\nmodule \"m\" {\n  source = \"./m\"\n}\n",
            ),
            ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {\n  name = \"${path.module}\"\n}\n"),
        ],
        &inputs,
    );
    assert_eq!(messages(&plan), [""; 0]);
    assert_eq!(plan.resources.len(), 3);
    assert_eq!(values(&plan, "aws_sqs_queue.q[\"a\"]", "name"), "\"prod-.-.-a\"");
    assert_eq!(values(&plan, "module.m.aws_sqs_queue.q", "name"), "\"m\"");
    resource(&plan, "aws_sqs_queue.q[\"b\"]");
}

/// As real Terraform 1.11.4 plans it.
#[test]
fn the_data_resource_of_terraform_itself_is_planned() {
    let plan = plan_of(&[(
        "main.tf",
        "resource \"terraform_data\" \"a\" {\n  input = { a = sensitive(\"s\"), m = { k = \"v\" } }\n}\nresource \"terraform_data\" \"b\" {\n  input            = terraform_data.a.output\n  triggers_replace = [terraform_data.a.id, 1]\n}\nresource \"terraform_data\" \"c\" {}\n",
    )]);
    let change = |i: usize| plan.json["resource_changes"][i]["change"].clone();
    let tree = |i: usize, name: &str| change(i)[name].to_string();
    assert_eq!(tree(0, "after_unknown"), r#"{"id":true,"input":{"m":{}},"output":true}"#);
    assert_eq!(tree(0, "after_sensitive"), r#"{"input":{"a":true,"m":{}},"output":{}}"#);
    assert_eq!(tree(0, "after"), r#"{"input":{"a":"s","m":{"k":"v"}},"triggers_replace":null}"#);
    assert_eq!(
        tree(1, "after_unknown"),
        r#"{"id":true,"input":true,"output":true,"triggers_replace":[true,false]}"#
    );
    assert_eq!(tree(1, "after"), r#"{"triggers_replace":[null,1]}"#);
    assert_eq!(tree(2, "after"), r#"{"input":null,"output":null,"triggers_replace":null}"#);
}

#[test]
fn dynamic_blocks_of_json_syntax_make_blocks_that_are_attributes_too() {
    let text = r#"{"resource": {"aws_security_group": {"g": {"dynamic": {"egress": {"for_each": [1, 2],
        "content": {"from_port": "${egress.value}", "to_port": "${egress.key}", "protocol": "tcp"}}}}}}}"#;
    let plan = plan_of(&[("main.tf.json", text)]);
    assert_eq!(values(&plan, "aws_security_group.g", "egress[0].from_port"), "1");
    assert_eq!(values(&plan, "aws_security_group.g", "egress[1].to_port"), "1");
    assert_eq!(messages(&plan), [""; 0]);
}

/// What `any` in an element type stands for the elements decide, which must then agree; each as Terraform 1.11 says.
#[test]
fn elements_of_any_agree_or_are_refused() {
    let refused = |ty: &str, default: &str| {
        let plan = plan_of(&[(
            "main.tf",
            &format!("variable \"v\" {{\n  type    = {ty}\n  default = {default}\n}}\n"),
        )]);
        messages(&plan).iter().any(|m| m.contains("must all match for conversion to"))
    };
    for (ty, default) in [
        ("list(object({ a = optional(any) }))", "[{ a = { z = 1 } }, {}]"),
        ("map(object({ a = optional(any) }))", "{ x = { a = { z = 1 } }, y = {} }"),
        ("set(object({ a = optional(any) }))", "[{ a = 1 }, {}]"),
        ("set(object({ a = any }))", "[{ a = 1 }, { a = \"x\" }]"),
    ] {
        assert!(refused(ty, default), "{ty} {default}");
    }
    for (ty, default) in [
        ("list(object({ a = optional(any) }))", "[{ a = 1 }, {}]"),
        ("list(object({ a = optional(any) }))", "[{}, {}]"),
        ("map(object({ a = optional(any) }))", "{ x = { a = 1 }, y = { a = \"2\" } }"),
        ("map(object({ a = optional(any, {}) }))", "{ x = { a = { z = 1 } }, y = {} }"),
        ("list(object({ a = any }))", "[{ a = { z = 1 } }, { a = { y = \"x\" } }]"),
        ("set(any)", "[{ a = 1 }, { a = null }]"),
    ] {
        assert!(!refused(ty, default), "{ty} {default}");
    }
}

#[test]
fn a_check_has_a_data_source_of_its_own() {
    let plan = plan_of(&[(
        "main.tf",
        r#"
        check "document" {
          data "aws_iam_policy_document" "inside" {
            statement {
              actions   = ["s3:GetObject"]
              resources = ["*"]
            }
          }
          assert {
            condition     = strcontains(data.aws_iam_policy_document.inside.json, "s3:PutObject")
            error_message = "nobody may write"
          }
        }"#,
    )]);
    assert_eq!(messages(&plan), ["check `document` fails: nobody may write"]);
}

#[test]
fn list_and_map_are_there_where_no_terraform_may_be_run_that_has_them_not() {
    let with = |required: &str| {
        let text = format!(
            "terraform {{\n  required_version = \"{required}\"\n}}\nresource \"terraform_data\" \"x\" {{\n  input = [list(\"a\", 1), map(\"k\", \"v\"), map(var.given, 1)]\n}}\nvariable \"given\" {{}}\n"
        );
        plan_of(&[("main.tf", &text)])
    };
    let former = with("~> 0.14.7");
    assert_eq!(messages(&former), [""; 0]);
    assert_eq!(values(&former, "terraform_data.x", "input[0]"), "[\"a\", \"1\"]");
    assert_eq!(values(&former, "terraform_data.x", "input[1]"), "{k: \"v\"}");
    assert_eq!(
        value(&former, "terraform_data.x", "input[2]").reason(),
        Some(&Reason::Variable("given".into()))
    );
    let now = with(">= 0.14");
    assert!(
        messages(&now).iter().any(|m| m.contains("There is no function named \"list\"")),
        "{:?}",
        messages(&now)
    );
}
