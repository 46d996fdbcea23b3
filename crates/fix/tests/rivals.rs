//! No fix makes a companion that would fight with another one: every type of companion × what is there already.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "a test may stop; the rule has more than is used here"
)]

mod rule;

use std::collections::BTreeMap;

use rule::{Rule, judge};
use serde_json::json;
use trueline_check::Report;
use trueline_fix::{Task, fix_judged};
use trueline_model::Plan;
use trueline_terraform::{Given, Inputs, Parsed, plan};
use trueline_text::Memory;

/// Type, an attribute of it with a value, as an operation and as text.
const TYPES: [(&str, &str, &str, &str); 4] = [
    (
        "aws_s3_bucket_versioning",
        "versioning_configuration.status",
        "Enabled",
        "  versioning_configuration {\n    status = \"Enabled\"\n  }\n",
    ),
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        "rule.apply_server_side_encryption_by_default.sse_algorithm",
        "AES256",
        "  rule {\n    apply_server_side_encryption_by_default {\n      sse_algorithm = \"AES256\"\n    }\n  }\n",
    ),
    (
        "aws_s3_bucket_ownership_controls",
        "rule.object_ownership",
        "BucketOwnerEnforced",
        "  rule {\n    object_ownership = \"BucketOwnerEnforced\"\n  }\n",
    ),
    ("aws_s3_bucket_request_payment_configuration", "payer", "Requester", "  payer = \"Requester\"\n"),
];

enum Wanted {
    /// The texts after the fix hold these, each `KIND` being the type.
    Made(&'static [&'static str]),
    /// Nothing is made, and the reason holds this.
    Refused(&'static str),
}
use Wanted::{Made, Refused};

/// All texts after the fix, and why something was withheld.
fn fixed(kind: &str, route: &str, value: &str, files: &BTreeMap<String, String>) -> (String, String) {
    let memory = Memory::from_iter(files.iter().map(|(p, t)| (p, t.as_str())));
    let dirs: Vec<String> = [".", "m"]
        .iter()
        .filter(|d| files.keys().any(|f| f.starts_with(&format!("{d}/")) || **d == "."))
        .map(|d| (*d).to_owned())
        .collect();
    let parsed = Parsed::load(&memory, &dirs);
    let rule = json!({"rule": "test/companion", "every": "aws_s3_bucket", "fix": [{"ensure": kind, "link": {"bucket": "id"}, "set": {route: value}}]});
    let rules = [Rule::read(&rule)];
    let beside = files.contains_key("prod.tfvars");
    let variants = |_: &str| -> Vec<Inputs> {
        let prod = Inputs { given: vec![Given::File("prod.tfvars".into())], ..Inputs::default() };
        std::iter::once(Inputs::default()).chain(beside.then_some(prod)).collect()
    };
    let plans: Vec<Plan> =
        parsed.roots().iter().map(|r| plan(&memory, &parsed, r, &variants(r)[0])).collect();
    let say = |plans: &[Plan], parsed: &Parsed| judge(&rules, plans, parsed);
    let report: Report = say(&plans, &parsed);
    let task = Task {
        files: &memory,
        parsed: &parsed,
        inputs: &variants,
        plans: &plans,
        report: &report,
        own: None,
        is_new: &|_, _| true,
        tags: trueline_fix::TagPlace::Shared,
        allow_unsafe: false,
        asked: &|_| true,
        threads: 1,
    };
    let out = fix_judged(&task, &say);
    let texts: Vec<String> = out.changes.values().map(|c| c.after.clone()).collect();
    let reasons: Vec<String> = out.withheld.iter().map(|w| w.reason.to_string()).collect();
    (texts.join("\n"), reasons.join("\n"))
}

fn table() -> Vec<(&'static str, &'static str, &'static str, &'static str, Wanted)> {
    // name, the bucket's repetition, the companion's head (or `-` for none), what else there is, what is wanted
    vec![
        ("none", "", "-", "", Made(&["bucket = aws_s3_bucket.b.id"])),
        (
            "none, counted",
            "  count = 2\n",
            "-",
            "",
            Made(&["count = 2", "bucket = aws_s3_bucket.b[count.index].id"]),
        ),
        (
            "none, by key",
            "  for_each = toset([\"x\", \"y\"])\n",
            "-",
            "",
            Made(&["for_each = aws_s3_bucket.b", "bucket = each.value.id"]),
        ),
        (
            "none, by unknown keys",
            "  for_each = var.names\n",
            "-",
            "",
            Made(&["for_each = aws_s3_bucket.b", "bucket = each.value.id"]),
        ),
        (
            "one of two",
            "  count = 2\n",
            "  bucket = aws_s3_bucket.b[0].id\n",
            "",
            Made(&["bucket = aws_s3_bucket.b[1].id"]),
        ),
        (
            "one of two keys",
            "  for_each = toset([\"x\", \"y\"])\n",
            "  bucket = aws_s3_bucket.b[\"x\"].id\n",
            "",
            Made(&["bucket = aws_s3_bucket.b[\"y\"].id"]),
        ),
        (
            "one of many",
            "  count = var.n\n",
            "  bucket = aws_s3_bucket.b[0].id\n",
            "",
            Made(&[
                "for_each = { for key, one in aws_s3_bucket.b : key => one.id if key != 0 }",
                "bucket = each.value",
            ]),
        ),
        (
            "two of four keys",
            "  for_each = toset([\"w\", \"x\", \"y\", \"z\"])\n",
            "  for_each = toset([\"x\", \"y\"])\n  bucket = aws_s3_bucket.b[each.key].id\n",
            "",
            Made(&["key => one.id if !contains([\"x\", \"y\"], key) }"]),
        ),
        (
            "switched off",
            "",
            "  count = var.off ? 1 : 0\n  bucket = aws_s3_bucket.b.id\n",
            "",
            Refused("switch it on"),
        ),
        (
            "switched off by no key",
            "",
            "  for_each = var.none\n  bucket = aws_s3_bucket.b.id\n",
            "",
            Refused("switch it on"),
        ),
        (
            "switched off, by name",
            "  bucket = \"logs\"\n",
            "  count = var.off ? 1 : 0\n  bucket = \"logs\"\n",
            "",
            Refused("switch it on"),
        ),
        (
            "switched off, counted",
            "  count = 2\n",
            "  count = var.off ? 2 : 0\n  bucket = aws_s3_bucket.b[count.index].id\n",
            "",
            Refused("switch"),
        ),
        (
            "switched off in a module",
            "",
            "-",
            "module \"m\" {\n  source = \"./m\"\n  count = var.off ? 1 : 0\n  bucket = aws_s3_bucket.b.id\n}\n",
            Refused("switch it on"),
        ),
        (
            "on in a module",
            "",
            "-",
            "module \"m\" {\n  source = \"./m\"\n  bucket = aws_s3_bucket.b.id\n}\n",
            Made(&[]),
        ),
        ("of an unknown bucket", "", "  bucket = var.bucket\n", "", Refused("may already belong")),
        (
            "of another bucket, off",
            "",
            "  count = var.off ? 1 : 0\n  bucket = aws_s3_bucket.other.id\n",
            "resource \"aws_s3_bucket\" \"other\" {\n  count = 0\n}\n",
            Made(&["bucket = aws_s3_bucket.b.id"]),
        ),
        (
            "there with other values",
            "",
            "  count = var.off ? 1 : 0\n  bucket = aws_s3_bucket.b.id\n",
            "# prod",
            Refused("switch it on"),
        ),
        ("there already", "", "  bucket = aws_s3_bucket.b.id\n", "", Made(&[])),
    ]
}

#[test]
fn what_has_a_companion_or_may_have_one_gets_no_second() {
    for (kind, route, value, body) in TYPES {
        for (name, repetition, head, more, wanted) in table() {
            let mut main = "variable \"names\" { type = set(string) }\nvariable \"none\" {\n  type = set(string)\n  default = []\n}\n\
                 variable \"off\" {\n  type = bool\n  default = false\n}\nvariable \"open\" { type = bool }\n\
                 variable \"bucket\" { type = string }\nvariable \"n\" {\n  type = number\n  default = 3\n}\n"
                .to_owned();
            main += &format!("\nresource \"aws_s3_bucket\" \"b\" {{\n{repetition}}}\n");
            if head != "-" {
                main += &format!("\nresource \"{kind}\" \"there\" {{\n{head}\n{body}}}\n");
            }
            main += &format!("\n{more}");
            let mut files = BTreeMap::from([(
                "main.tf".to_owned(),
                main.replace("  count = 0\n", "  count = var.off ? 1 : 0\n"),
            )]);
            if more.contains("./m") {
                let inner = format!(
                    "variable \"bucket\" {{ type = string }}\nresource \"{kind}\" \"there\" {{\n  bucket = var.bucket\n{body}}}\n"
                );
                files.insert("m/main.tf".to_owned(), inner);
            }
            if more == "# prod" {
                files.insert("prod.tfvars".to_owned(), "off = true\n".to_owned());
            }
            let (text, reasons) = fixed(kind, route, value, &files);
            let flat = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            match wanted {
                Made(parts) => {
                    for part in parts {
                        assert!(
                            flat(&text).contains(&flat(part)),
                            "{kind}: {name}: {part}\n{text}\n{reasons}"
                        );
                    }
                    assert_eq!(parts.is_empty(), text.is_empty(), "{kind}: {name}\n{text}\n{reasons}");
                }
                Refused(why) => {
                    assert!(text.is_empty(), "{kind}: {name}\n{text}");
                    assert!(reasons.contains(why), "{kind}: {name}: {reasons}");
                }
            }
        }
    }
}
