use serde_json::json;
use trueline_model::{Profile, Severity};

use super::{Settings, SettingsError, SettingsProblem, json_schema};

fn error(text: &str) -> SettingsError {
    Settings::parse("trueline.toml", text).unwrap_err()
}

#[test]
fn a_whole_file_is_read() {
    let s = Settings::parse(
        "trueline.toml",
        r#"
profile    = "strict"
frameworks = ["soc2", "cis-aws-5.0"]
fail-on    = "medium"
policy     = ["policy"]
exclude    = ["examples/**", "*.generated.tf"]
base       = "origin/main"

[rules]
"aws/s3/unencrypted-bucket" = "off"
"aws/sqs/*" = "critical"
"aws/tags/missing-required-tags" = { match_values = true, severity = "high" }

[settings]
required_tags = { Owner = "platform", Env = { hcl = "var.env" } }
log_retention_days = 365
naming = { "aws_s3_bucket" = "^mycoco-[a-z0-9-]+$" }

[settings.aws]
kms_key_arn = { us-east-1 = "arn:a", us-gov-west-1 = "arn:b" }
replication = { bucket_arn = "b", role_arn = "r" }
lambda = { reserved_concurrency = 10, subnet_ids = ["s"] }
egress = [{ protocol = "tcp", ports = [443], cidrs = ["0.0.0.0/0"], description = "HTTPS" }]
admin_cidrs = ["10.0.0.0/8"]

[settings.custom]
anything = { goes = [1, 2.5] }

[provision]
kms_key = true

[data]
aws_availability_zones = { names = ["us-east-1a"] }

[[waiver]]
rule = "aws/ec2/open-ingress"
address = "module.edge.aws_security_group.public"
reason = "public website"
owner = "web-team@mycoco.example"
expires = 2027-06-30
"#,
    )
    .unwrap();
    assert_eq!(
        (s.profile(), s.fail_on, s.base.as_deref()),
        (Profile::Strict, Some(Severity::Medium), Some("origin/main"))
    );
    assert_eq!(s.exclude, ["examples/**", "*.generated.tf"]);
    assert!(s.is_off("aws/s3/unencrypted-bucket") && !s.is_off("aws/s3/other"));
    assert_eq!(s.severity("aws/sqs/unencrypted-queue"), Some(Severity::Critical));
    assert_eq!(s.severity("aws/tags/missing-required-tags"), Some(Severity::High));
    assert_eq!(
        s.params(),
        json!({"aws/tags/missing-required-tags": {"match_values": true, "severity": "high"}})
    );
    let j = s.json();
    assert_eq!(j["required_tags"], json!({"Owner": "platform", "Env": {"hcl": "var.env"}}));
    assert_eq!(j["aws"]["kms_key_arn"]["us-gov-west-1"], "arn:b");
    assert_eq!(j["custom"]["anything"], json!({"goes": [1, 2.5]}));
    assert_eq!((&j["profile"], &j["provision"]), (&json!("strict"), &json!({"kms_key": true})));
    assert_eq!(s.data["aws_availability_zones"]["names"][0], "us-east-1a");
    assert_eq!(s.waivers[0].expires.to_string(), "2027-06-30");
    assert!(s.waivers[0].words().contains("web-team@mycoco.example"));
}

#[test]
fn an_empty_file_has_defaults() {
    let s = Settings::parse("trueline.toml", "").unwrap();
    assert_eq!((s.profile(), s.profile, s.fail_on), (Profile::Baseline, None, None));
    assert_eq!(s.json(), json!({"profile": "baseline", "provision": {}}));
    let names = Settings::parse("t", "settings.required_tags = [\"Owner\"]").unwrap();
    assert_eq!(names.json()["required_tags"], json!(["Owner"]));
}

#[test]
fn an_unknown_key_names_its_place_and_the_nearest_known_one() {
    for (text, line, column, said) in [
        ("fail_on = \"low\"", 1, 1, "unknown key `fail_on`: did you mean `fail-on`?"),
        ("\n[setings]\n", 2, 2, "unknown key `setings`: did you mean `settings`?"),
        (
            "[settings]\nrequired-tags = []",
            2,
            1,
            "unknown key `required-tags` in `settings`: did you mean `required_tags`?",
        ),
        (
            "[settings.aws]\nkms_key = \"x\"",
            2,
            1,
            "unknown key `kms_key` in `settings.aws`: did you mean `kms_key_arn`?",
        ),
        (
            "[provision]\nbucket = true",
            2,
            1,
            "unknown key `bucket` in `provision`: known are `kms_key`, `log_bucket`",
        ),
        (
            "[settings]\naws.lambda = { subnets = [] }",
            2,
            16,
            "unknown key `subnets` in `settings.aws.lambda`",
        ),
        (
            "[[waiver]]\nrule=\"r\"\nresaon=\"x\"",
            3,
            1,
            "unknown key `resaon` in `waiver[0]`: did you mean `reason`?",
        ),
        ("\u{feff}# ü\nx = 1", 2, 1, "unknown key `x`"),
    ] {
        let e = error(text);
        assert_eq!((e.line, e.column), (line, column), "{e}");
        assert!(matches!(*e.problem, SettingsProblem::UnknownKey { .. }));
        assert!(e.to_string().starts_with(&format!("trueline.toml:{line}:{column}: {said}")), "{e}");
    }
}

#[test]
fn a_value_of_another_kind_says_what_was_expected() {
    for (text, said) in [
        ("profile = 1", "1:11: `profile` is the number 1: expected `\"baseline\"`, `\"strict\"`"),
        (
            "profile = \"strickt\"",
            "1:11: `profile` is \"strickt\": expected `\"baseline\"`, `\"strict\"`; did you mean `strict`?",
        ),
        (
            "policy = \"policy\"",
            "1:10: `policy` is the text \"policy\": expected a list, each element being a text in quotes",
        ),
        ("policy = [1]", "1:11: `policy[0]` is the number 1: expected a text in quotes"),
        ("frameworks = [\"soc3\"]", "did you mean `soc2`?"),
        (
            "[settings]\nlog_retention_days = 0",
            "`settings.log_retention_days` is the number 0: expected a whole number of at least 1",
        ),
        ("[settings]\nrequired_tags = \"Owner\"", "expected a table, or a list"),
        ("[settings]\nrequired_tags = { Owner = 1 }", "`settings.required_tags.Owner` is the number 1"),
        ("[settings]\nrequired_tags = { Owner = { hlc = \"x\" } }", "did you mean `hcl`?"),
        (
            "[settings]\naws = { kms_key_arn = { useast1 = \"x\" } }",
            "`useast1` in `settings.aws.kms_key_arn` is no region",
        ),
        (
            "[settings]\nnaming = { aws_s3_bucket = \"(\" }",
            "2:28: `settings.naming.aws_s3_bucket` is no regular expression",
        ),
        ("[rules]\n\"a/b\" = \"of\"", "did you mean `off`?"),
        ("[rules]\n\"a/b\" = true", "`rules.\"a/b\"` is `true`"),
        ("profile = ", "this is no TOML"),
        ("profile = \"strict\"\nprofile = \"strict\"", "2:1: this is no TOML: duplicate key"),
    ] {
        let e = error(text).to_string();
        assert!(e.contains(said), "{text}\n{e}\n{said}");
    }
}

#[test]
fn a_waiver_needs_all_its_keys() {
    let all = "[[waiver]]\nrule=\"r\"\nfile=\"f\"\nreason=\"w\"\nowner=\"o\"\nexpires=\"2027-06-30\"\n";
    assert_eq!(Settings::parse("t", all).unwrap().waivers.len(), 1);
    for (line, said) in [
        ("rule=\"r\"\n", "`waiver[0]` lacks `rule`"),
        ("reason=\"w\"\n", "lacks `reason`"),
        ("owner=\"o\"\n", "lacks `owner`"),
        ("expires=\"2027-06-30\"\n", "lacks `expires`"),
        ("file=\"f\"\n", "exactly one of `address` and `file`"),
    ] {
        let e = error(&all.replace(line, ""));
        assert!(e.to_string().contains(said), "{e}");
        assert_eq!(e.line, 1, "{e}");
    }
    assert!(error(&all.replace("06-30", "06-31")).to_string().contains("expected a date"));
    assert!(error(&format!("{all}address=\"a\"\n")).to_string().contains("exactly one"));
}

#[test]
fn hostile_files_get_an_error() {
    assert!(matches!(
        *error(&format!("data.x = {}", "[".repeat(100_000))).problem,
        SettingsProblem::Syntax(_)
    ));
    assert!(Settings::parse("t", &format!("{} = 1", "x".repeat(1_000_000))).is_err());
    assert!(Settings::parse("t", "data.x = 99999999999999999999").is_err());
}

#[test]
fn the_schema_describes_every_key() {
    let schema = json_schema();
    assert_eq!(schema["properties"]["fail-on"]["enum"][4], "critical");
    assert_eq!(schema["properties"]["settings"]["properties"]["aws"]["additionalProperties"], false);
    assert_eq!(
        schema["properties"]["waiver"]["items"]["required"],
        json!(["rule", "reason", "owner", "expires"])
    );
}
