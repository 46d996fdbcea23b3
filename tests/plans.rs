//! `trueline plan` in its formats, and real plans checked with the source that they were made of: the same places.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "the program is run from outside"
)]

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use program::Run;
use serde_json::Value as Json;
use tempfile::TempDir;

fn corpus() -> String {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    dir.canonicalize().unwrap().to_str().unwrap().to_owned()
}

/// Rule, address and verdict to places: file, range, route and origin chain.
fn findings(dir: &Path, args: &[&str]) -> BTreeMap<(String, String, String), BTreeSet<String>> {
    let run = Run::of(dir, args);
    let json: Json = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stderr));
    let mut out: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for f in json["findings"].as_array().unwrap() {
        let text = |name: &str| f[name].as_str().unwrap().to_owned();
        let place = ["file", "range", "route", "origin"].map(|n| f[n].to_string()).join(" ");
        out.entry((text("rule"), text("address"), text("verdict"))).or_default().insert(place);
    }
    out
}

/// A plan alone has no places; with `--source` each finding stands where the check of the source has it.
#[test]
fn findings_of_every_corpus_plan_have_the_places_that_the_source_has() {
    let (dir, corpus) = (TempDir::new().unwrap(), corpus());
    let mut compared = 0;
    for entry in std::fs::read_dir(format!("{corpus}/plans")).unwrap() {
        let path = entry.unwrap().path().to_str().unwrap().to_owned();
        let Some(name) = path.strip_suffix(".plan.json") else { continue };
        let module = format!("{corpus}/terraform/{}", name.rsplit('/').next().unwrap());
        let values = format!("{name}.tfvars");
        let config = format!("{corpus}/../../examples/launch/trueline.toml");
        let flags = ["check", "--format", "json", "--profile", "strict", "--config", &config];
        let from_source = findings(dir.path(), &[&flags[..], &[&module, "--var-file", &values]].concat());
        let from_plan = findings(dir.path(), &[&flags[..], &[&path, "--source", &module]].concat());
        for (finding, places) in &from_plan {
            assert!(places.iter().all(|p| p.contains(&module)), "{path}: {finding:?} {places:?}");
            // A rule may see more in one of the two, since the plan says which resources are new.
            if let Some(wanted) = from_source.get(finding) {
                assert_eq!(places, wanted, "{path}: {finding:?}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 250, "only {compared} findings are in both");
}

const MODULE: &str = r#"variable "groups" {
  type = map(object({ disks = map(bool) }))
}
data "aws_availability_zones" "all" {}
module "net" {
  source   = "./net"
  for_each = var.groups
  disks    = each.value.disks
}
resource "aws_subnet" "s" {
  count             = length(data.aws_availability_zones.all.names)
  vpc_id            = "vpc-1"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = data.aws_availability_zones.all.names[count.index]
}
"#;

const NET: &str = r#"variable "disks" {
  type = map(bool)
}
resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  root_block_device {
    encrypted = true
  }
  dynamic "ebs_block_device" {
    for_each = var.disks
    content {
      device_name = ebs_block_device.key
      encrypted   = ebs_block_device.value
    }
  }
}
"#;

fn repository() -> TempDir {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    std::fs::create_dir(dir.path().join("net")).unwrap();
    write("main.tf", MODULE);
    write("net/main.tf", NET);
    write("prod.tfvars", "groups = {\n  web = { disks = { sdf = true, sdg = false } }\n}\n");
    write("trueline.toml", "[data.aws_availability_zones]\nnames = [\"us-east-1a\", \"us-east-1b\"]\n");
    dir
}

fn addresses(plan: &str) -> Vec<String> {
    let plan: Json = serde_json::from_str(plan).unwrap();
    let changes = plan["resource_changes"].as_array().unwrap();
    changes.iter().map(|c| c["address"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn answers_in_the_settings_decide_the_counts_that_hang_on_data_sources() {
    let dir = repository();
    let args = ["plan", "--var-file", "prod.tfvars"];
    let wanted = ["aws_subnet.s[0]", "aws_subnet.s[1]", "module.net[\"web\"].aws_instance.i"];
    let got = addresses(&Run::of(dir.path(), &args).stdout);
    assert_eq!(
        got.iter().filter(|a| !a.starts_with("data.")).collect::<Vec<_>>(),
        wanted.iter().collect::<Vec<_>>()
    );

    std::fs::remove_file(dir.path().join("trueline.toml")).unwrap();
    let left = addresses(&Run::of(dir.path(), &args).stdout);
    assert!(left.iter().all(|a| !a.starts_with("aws_subnet.s")), "{left:?}");
}

/// The values of a plan's variables and the answers of its data sources are taken from the plan itself.
#[test]
fn a_plan_leads_to_its_source_through_modules_for_each_and_dynamic_without_flags() {
    let dir = repository();
    let made = Run::of(dir.path(), &["plan", "--var-file", "prod.tfvars"]);
    // Sets are in Terraform's order, not the source's.
    let mut json: Json = serde_json::from_str(&made.stdout).unwrap();
    for change in json["resource_changes"].as_array_mut().unwrap() {
        for tree in ["after", "after_unknown", "after_sensitive"] {
            if let Some(disks) = change["change"][tree]["ebs_block_device"].as_array_mut() {
                assert_eq!(disks.len(), 2);
                disks.reverse();
            }
        }
    }
    std::fs::write(dir.path().join("tfplan.json"), json.to_string()).unwrap();
    let check = ["check", "--format", "json"];
    let wanted = findings(dir.path(), &[&check[..], &["--var-file", "prod.tfvars"]].concat());
    // What the plan holds needs no flags and no settings.
    std::fs::remove_file(dir.path().join("trueline.toml")).unwrap();
    let plan = [&check[..], &["tfplan.json"]].concat();
    let alone = findings(dir.path(), &plan);
    let found = findings(dir.path(), &[&plan[..], &["--source", "."]].concat());
    let given = findings(dir.path(), &[&plan[..], &["--source", ".", "--var-file", "prod.tfvars"]].concat());
    let place = |all: &BTreeMap<_, BTreeSet<String>>| {
        let (_, places) =
            all.iter().find(|((rule, _, _), _)| rule == "aws/ec2/unencrypted-block-device").unwrap();
        // The route has the index in the set.
        places
            .iter()
            .map(|p| p.replace("ebs_block_device[1]", "ebs_block_device[0]"))
            .collect::<BTreeSet<_>>()
    };
    assert!(place(&alone).iter().all(|p| !p.contains(".tf")), "{alone:?}");
    // Which file a value was given in is not in the plan.
    assert!(
        place(&found).iter().all(|p| p.contains("net/main.tf") && p.contains("module argument")),
        "{found:?}"
    );
    assert!(place(&wanted).iter().all(|p| p.contains("prod.tfvars")), "{wanted:?}");
    assert_eq!(place(&given), place(&wanted));
}

#[test]
fn a_source_without_a_plan_is_refused_with_what_to_do() {
    let dir = repository();
    let run = Run::of(dir.path(), &["check", "--source", ".", "."]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no plan to match it with") && run.stderr.contains("tfplan.json --source"));
}

#[test]
fn variables_come_from_the_environment_only_where_that_is_asked_for() {
    let dir = TempDir::new().unwrap();
    let text = "variable \"n\" {\n  type    = list(string)\n  default = [\"d\"]\n}\nresource \"aws_sns_topic\" \"t\" {\n  for_each = toset(var.n)\n}\n";
    std::fs::write(dir.path().join("main.tf"), text).unwrap();
    let env = [("TF_VAR_n", "[\"a\", \"b\"]"), ("TF_VAR_other", "{")];
    let run = |args: &[&str]| addresses(&Run::with(dir.path(), args, &env).stdout);
    assert_eq!(run(&["plan"]), ["aws_sns_topic.t[\"d\"]"]);
    assert_eq!(run(&["plan", "--env-vars"]), ["aws_sns_topic.t[\"a\"]", "aws_sns_topic.t[\"b\"]"]);
    assert_eq!(run(&["plan", "--env-vars", "--var", "n=[\"c\"]"]), ["aws_sns_topic.t[\"c\"]"]);
}

#[test]
fn of_flags_that_set_a_variable_the_last_wins_whichever_kind() {
    let dir = TempDir::new().unwrap();
    let text = "variable \"n\" {\n  default = \"default\"\n}\nresource \"aws_sns_topic\" \"t\" {\n  for_each = toset([var.n])\n}\n";
    std::fs::write(dir.path().join("main.tf"), text).unwrap();
    std::fs::write(dir.path().join("a.tfvars"), "n = \"file\"\n").unwrap();
    let run = |args: &[&str]| addresses(&Run::of(dir.path(), &[&["plan"], args].concat()).stdout);
    let (file, value) = ("--var-file=a.tfvars", "--var=n=value");
    assert_eq!(run(&[file, value]), ["aws_sns_topic.t[\"value\"]"]);
    assert_eq!(run(&[value, file]), ["aws_sns_topic.t[\"file\"]"]);
    assert_eq!(run(&[value, file, "--var=n=last"]), ["aws_sns_topic.t[\"last\"]"]);
    assert_eq!(
        run(&["--var", "n=x", "--var", "n=y", ".", "--var-file", "a.tfvars"]),
        ["aws_sns_topic.t[\"file\"]"]
    );
}

#[test]
fn text_shows_what_would_be_made_and_redacted_json_no_secret() {
    let dir = TempDir::new().unwrap();
    let text = "variable \"pw\" {\n  sensitive = true\n  default   = \"hunter2hunter2\"\n}\nresource \"aws_ssm_parameter\" \"p\" {\n  name  = \"${terraform.workspace}-p\"\n  value = var.pw\n}\n";
    std::fs::write(dir.path().join("main.tf"), text).unwrap();
    let shown = Run::of(dir.path(), &["plan", "--format", "text", "--origins", "--workspace", "prod"]);
    for line in [
        "  # aws_ssm_parameter.p will be created",
        "+ name           = \"prod-p\"  # main.tf:6:11 ← main.tf:6:14",
        "+ value          = (sensitive value)  # var.pw at main.tf:7:11 ← default of pw at main.tf:3:15",
        "+ arn            = (known after apply)",
        "Plan: 1 to add, 0 to change, 0 to destroy.",
    ] {
        assert!(shown.stdout.contains(line), "{line} is not in\n{}", shown.stdout);
    }
    let redacted = Run::of(dir.path(), &["plan", "--redact"]);
    assert!(!shown.stdout.contains("hunter2") && !redacted.stdout.contains("hunter2"));
    assert!(Run::of(dir.path(), &["plan"]).stdout.contains("hunter2"));
}
