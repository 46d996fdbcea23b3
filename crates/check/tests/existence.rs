//! What may or may not exist decides nothing: companions and account defaults behind `count`, `for_each` and modules.
//!
//! Each row is a small module and what a rule says of it. A companion that stands behind the same expression as its
//! bucket exists wherever the bucket does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod support;

use std::collections::BTreeMap;

use trueline_model::Profile;

/// What a rule says of each address, as `ADDRESS VERDICT`, sorted.
fn said(rule: &str, profile: Profile, files: &[(&str, &str)]) -> Vec<String> {
    let all = support::findings(profile, Vec::new(), files);
    let found = all.iter().filter(|f| f.rule == rule);
    let mut out: Vec<String> = found.map(|f| format!("{} {}", f.subject, f.verdict.as_str())).collect();
    out.sort();
    out.dedup();
    out
}

const VARIABLES: &str = r#"
variable "create" { type = bool }
variable "encrypt" { type = bool }
variable "names" { type = set(string) }
variable "more" { type = map(object({ name = string })) }
variable "n" { type = number }
locals {
  on    = var.create
  teams = var.names
}
"#;

fn bucket(repetition: &str) -> String {
    format!("resource \"aws_s3_bucket\" \"b\" {{\n{repetition}\n}}\n")
}

fn companion(body: &str) -> String {
    format!(
        "resource \"aws_s3_bucket_server_side_encryption_configuration\" \"b\" {{\n{body}\n  rule {{\n    \
         apply_server_side_encryption_by_default {{\n      sse_algorithm = \"aws:kms\"\n    }}\n  }}\n}}\n"
    )
}

const UNENCRYPTED: &str = "aws/s3/unencrypted-bucket";

#[test]
fn a_companion_is_enough_only_where_it_exists_wherever_its_bucket_does() {
    let fine: &[&str] = &[];
    let open = &["aws_s3_bucket.b unknown"][..];
    let placeholder = &["aws_s3_bucket.b[*] unknown"][..];
    let table: &[(&str, &str, &[&str])] = &[
        // a single bucket
        ("", "bucket = aws_s3_bucket.b.id", fine),
        ("", "count = 1\nbucket = aws_s3_bucket.b.id", fine),
        ("", "count = var.encrypt ? 1 : 0\nbucket = aws_s3_bucket.b.id", open),
        ("", "count = var.n\nbucket = aws_s3_bucket.b.id", open),
        ("", "for_each = var.names\nbucket = aws_s3_bucket.b.id", open),
        ("", "for_each = toset(var.encrypt ? [\"x\"] : [])\nbucket = aws_s3_bucket.b.id", open),
        ("bucket = \"logs\"", "bucket = \"logs\"", fine),
        ("bucket = \"logs\"", "count = var.encrypt ? 1 : 0\nbucket = \"logs\"", open),
        // a bucket behind a switch
        ("count = var.create ? 1 : 0", "count = var.create ? 1 : 0\nbucket = aws_s3_bucket.b[0].id", fine),
        ("count = var.create ? 1 : 0", "count = local.on ? 1 : 0\nbucket = one(aws_s3_bucket.b[*].id)", fine),
        (
            "count = var.create ? 1 : 0",
            "count = (var.create) ? 1 : 0\nbucket = aws_s3_bucket.b[count.index].id",
            fine,
        ),
        ("count = var.create ? 1 : 0", "count = !var.create ? 0 : 1\nbucket = aws_s3_bucket.b[0].id", fine),
        (
            "count = var.create && var.encrypt ? 1 : 0",
            "count = var.create ? 1 : 0\nbucket = try(aws_s3_bucket.b[0].id, \"\")",
            fine,
        ),
        (
            "count = var.create ? 1 : 0",
            "count = var.encrypt && var.create ? 1 : 0\nbucket = aws_s3_bucket.b[0].id",
            placeholder,
        ),
        (
            "count = var.create ? 1 : 0",
            "count = var.encrypt ? 1 : 0\nbucket = aws_s3_bucket.b[0].id",
            placeholder,
        ),
        (
            "count = var.create ? 1 : 0",
            "count = var.create ? 0 : 1\nbucket = aws_s3_bucket.b[0].id",
            placeholder,
        ),
        ("count = var.create ? 1 : 0", "bucket = one(aws_s3_bucket.b[*].id)", placeholder),
        ("count = var.n", "count = var.n\nbucket = aws_s3_bucket.b[count.index].id", fine),
        // buckets by key
        ("for_each = var.names", "for_each = aws_s3_bucket.b\nbucket = each.value.id", fine),
        ("for_each = var.names", "for_each = aws_s3_bucket.b\nbucket = aws_s3_bucket.b[each.key].id", fine),
        ("for_each = var.names", "for_each = var.names\nbucket = aws_s3_bucket.b[each.key].id", fine),
        ("for_each = var.names", "for_each = local.teams\nbucket = aws_s3_bucket.b[each.value].id", fine),
        (
            "for_each = toset(var.names)",
            "for_each = var.names\nbucket = aws_s3_bucket.b[each.value].id",
            fine,
        ),
        (
            "for_each = var.more",
            "for_each = { for k, v in var.more : k => v.name }\nbucket = aws_s3_bucket.b[each.key].id",
            fine,
        ),
        (
            "for_each = var.more",
            "for_each = toset(keys(var.more))\nbucket = aws_s3_bucket.b[each.key].id",
            fine,
        ),
        (
            "for_each = var.names",
            "for_each = { for k, b in aws_s3_bucket.b : k => b.id }\nbucket = each.value",
            fine,
        ),
        (
            "for_each = var.more",
            "for_each = { for k, v in var.more : k => v if v.name != \"\" }\nbucket = aws_s3_bucket.b[each.key].id",
            placeholder,
        ),
        (
            "for_each = var.more",
            "for_each = { for k, v in var.more : v.name => k }\nbucket = aws_s3_bucket.b[each.value].id",
            placeholder,
        ),
        ("for_each = var.names", "for_each = var.more\nbucket = aws_s3_bucket.b[each.key].id", placeholder),
        (
            "for_each = var.names",
            "for_each = var.encrypt ? aws_s3_bucket.b : {}\nbucket = each.value.id",
            placeholder,
        ),
    ];
    for (repetition, body, expected) in table {
        let text = format!("{VARIABLES}{}{}", bucket(repetition), companion(body));
        assert_eq!(
            &said(UNENCRYPTED, Profile::Baseline, &[("main.tf", &text)]),
            expected,
            "{repetition} / {body}"
        );
    }
}

#[test]
fn which_of_known_buckets_an_undecided_companion_serves_is_open_for_each() {
    let all = ["aws_s3_bucket.b[0] unknown", "aws_s3_bucket.b[1] unknown"];
    for body in [
        "count = var.encrypt ? 2 : 0\nbucket = aws_s3_bucket.b[count.index].id",
        "count = var.n\nbucket = aws_s3_bucket.b[count.index].id",
        "for_each = var.names\nbucket = aws_s3_bucket.b[tonumber(each.key)].id",
    ] {
        let text = format!("{VARIABLES}{}{}", bucket("count = 2"), companion(body));
        assert_eq!(said(UNENCRYPTED, Profile::Baseline, &[("main.tf", &text)]), all, "{body}");
    }
    let text = format!("{VARIABLES}{}{}", bucket("count = 2"), companion("bucket = aws_s3_bucket.b[0].id"));
    assert_eq!(said(UNENCRYPTED, Profile::Baseline, &[("main.tf", &text)]), ["aws_s3_bucket.b[1] fail"]);
}

#[test]
fn a_module_that_may_not_exist_takes_its_companion_with_it() {
    let inner = format!("variable \"bucket\" {{ type = string }}\n{}", companion("bucket = var.bucket"));
    let switched = format!(
        "variable \"bucket\" {{ type = string }}\nvariable \"on\" {{ type = bool }}\n{}",
        companion("count = var.on ? 1 : 0\nbucket = var.bucket")
    );
    let whole = format!(
        "variable \"on\" {{\n  type = bool\n  default = true\n}}\n{}{}output \"id\" {{ value = aws_s3_bucket.b.id }}\n",
        bucket(""),
        companion("count = var.on ? 1 : 0\nbucket = aws_s3_bucket.b.id")
    );
    let bare = format!("{}output \"id\" {{ value = aws_s3_bucket.b.id }}\n", bucket(""));
    let call =
        |name: &str, body: &str| format!("module \"{name}\" {{\n  source = \"./{name}\"\n{body}\n}}\n");
    let row = |root: String| format!("{VARIABLES}{root}");
    let table: Vec<(String, &[&str])> = vec![
        (row(bucket("") + &call("inner", "bucket = aws_s3_bucket.b.id")), &[]),
        (
            row(bucket("") + &call("inner", "count = var.encrypt ? 1 : 0\nbucket = aws_s3_bucket.b.id")),
            &["aws_s3_bucket.b unknown"],
        ),
        (
            row(bucket("count = var.create ? 1 : 0")
                + &call("inner", "count = var.create ? 1 : 0\nbucket = aws_s3_bucket.b[0].id")),
            &[],
        ),
        (
            row(bucket("for_each = var.names")
                + &call("inner", "for_each = aws_s3_bucket.b\nbucket = each.value.id")),
            &[],
        ),
        (
            row(bucket("") + &call("switched", "bucket = aws_s3_bucket.b.id\non = var.encrypt")),
            &["aws_s3_bucket.b unknown"],
        ),
        (row(bucket("") + &call("switched", "bucket = aws_s3_bucket.b.id\non = true")), &[]),
        (
            row(bucket("count = var.create ? 1 : 0")
                + &call("switched", "bucket = one(aws_s3_bucket.b[*].id)\non = var.create")),
            &[],
        ),
        // both in one module instance
        (row(call("whole", "for_each = var.names")), &[]),
        (row(call("whole", "count = var.create ? 1 : 0")), &[]),
        (row(call("whole", "count = var.create ? 1 : 0\non = local.on")), &[]),
        (
            row(call("whole", "count = var.create ? 1 : 0\non = var.encrypt")),
            &["module.whole[*].aws_s3_bucket.b unknown"],
        ),
        (row(call("whole", "on = var.encrypt")), &["module.whole.aws_s3_bucket.b unknown"]),
        // through the output of one and the argument of another
        (row(call("bare", "") + &call("inner", "bucket = module.bare.id")), &[]),
        (
            row(call("bare", "count = var.create ? 1 : 0")
                + &call("inner", "count = var.create ? 1 : 0\nbucket = module.bare[0].id")),
            &[],
        ),
        (
            row(call("bare", "") + &call("inner", "count = var.encrypt ? 1 : 0\nbucket = module.bare.id")),
            &["module.bare.aws_s3_bucket.b unknown"],
        ),
        (row(call("bare", "")), &["module.bare.aws_s3_bucket.b fail"]),
    ];
    for (root, expected) in &table {
        let files = [
            ("main.tf", &**root),
            ("inner/main.tf", &inner),
            ("switched/main.tf", &switched),
            ("whole/main.tf", &whole),
            ("bare/main.tf", &bare),
        ];
        let used: Vec<(&str, &str)> = files
            .iter()
            .filter(|(p, _)| p.rsplit_once('/').is_none_or(|(d, _)| root.contains(&format!("./{d}"))))
            .map(|(p, t)| (*p, *t))
            .collect();
        assert_eq!(&said(UNENCRYPTED, Profile::Baseline, &used), expected, "{root}");
    }
}

#[test]
fn an_account_default_counts_only_where_it_is_there_and_on() {
    let default = |body: &str| format!("resource \"aws_ebs_encryption_by_default\" \"d\" {{\n{body}\n}}\n");
    let volume = "resource \"aws_ebs_volume\" \"v\" {\n  availability_zone = \"eu-west-1a\"\n  size = 1\nMORE\n}\n\
                  resource \"aws_instance\" \"i\" {\n  ami = \"ami-1\"\n  instance_type = \"t3.micro\"\nMORE\n}\n";
    let provider = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";
    let mut table: BTreeMap<(String, &str), &str> = BTreeMap::new();
    let mut row = |body: &str, more: &'static str, v: &'static str| {
        table.insert((default(body), more), v);
    };
    row("", "", "");
    row("enabled = true", "", "");
    row("enabled = false", "", "fail");
    row("enabled = var.encrypt", "", "unknown");
    row("count = var.encrypt ? 1 : 0", "", "unknown");
    row("count = var.n", "", "unknown");
    row("for_each = var.names", "", "unknown");
    row("count = var.encrypt ? 1 : 0\nenabled = false", "", "fail");
    row("count = 0", "", "fail");
    row("count = var.create ? 1 : 0", "count = var.create ? 1 : 0", "");
    row("count = var.create ? 1 : 0\nenabled = var.encrypt", "count = var.create ? 1 : 0", "unknown");
    row("count = var.create ? 1 : 0", "count = var.create && var.encrypt ? 1 : 0", "");
    for ((default, more), verdict) in &table {
        let text = format!("{VARIABLES}{provider}{default}{}", volume.replace("MORE", more));
        for (rule, address) in [
            ("aws/ebs/unencrypted-volume", "aws_ebs_volume.v"),
            ("aws/ec2/unencrypted-block-device", "aws_instance.i"),
        ] {
            let key = if more.is_empty() { "" } else { "[*]" };
            let expected: Vec<String> = Some(format!("{address}{key} {verdict}"))
                .filter(|_| !verdict.is_empty())
                .into_iter()
                .collect();
            assert_eq!(said(rule, Profile::Baseline, &[("main.tf", &text)]), expected, "{default}{more}");
        }
    }
}

#[test]
fn kms_is_asked_for_only_where_nobody_may_be_turned_away() {
    let sse = companion("bucket = aws_s3_bucket.b.id").replace("aws:kms", "AES256");
    let log = |more: &str| {
        format!(
            "resource \"aws_s3_bucket_logging\" \"l\" {{\n{more}\n  bucket = \"other\"\n  target_bucket = aws_s3_bucket.b.id\n  \
             target_prefix = \"x\"\n}}\n"
        )
    };
    let rule = "aws/s3/bucket-without-kms";
    let text = |more: &str| format!("{VARIABLES}{}{sse}{more}", bucket(""));
    let strict = |more: &str| said(rule, Profile::Strict, &[("main.tf", &text(more))]);
    assert_eq!(strict(""), ["aws_s3_bucket.b fail"]);
    assert_eq!(strict(&log("")), [""; 0]);
    assert_eq!(strict(&log("count = var.create ? 1 : 0")), ["aws_s3_bucket.b unknown"]);
    let perhaps = format!(
        "{VARIABLES}{}{}",
        bucket(""),
        companion("count = var.encrypt ? 1 : 0\nbucket = aws_s3_bucket.b.id")
    );
    assert_eq!(said(rule, Profile::Strict, &[("main.tf", &perhaps)]), ["aws_s3_bucket.b unknown"]);
}
