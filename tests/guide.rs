//! What the guide shows works as it is written there.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use std::path::Path;

use program::Run;
use tempfile::TempDir;

/// The first code block of this language behind a heading of the guide.
fn example(heading: &str, language: &str) -> String {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, behind) = guide.split_once(&format!("\n{heading}\n")).expect(heading);
    let (_, block) = behind.split_once(&format!("```{language}\n")).expect(language);
    block.split_once("\n```").unwrap().0.to_owned()
}

fn module(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

fn findings(dir: &TempDir) -> Vec<serde_json::Value> {
    let run = Run::of(dir.path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    json["findings"].as_array().unwrap().clone()
}

#[test]
fn the_policy_of_ones_own_finds_and_mends() {
    let policy = example("## Policies of your own", "rego");
    let machine = "resource \"aws_instance\" \"big\" {\n  ami           = \"ami-1\"\n  instance_type = \"x1.32xlarge\"\n\n  \
                   root_block_device {\n    encrypted = true\n  }\n}\n";
    let dir = module(&[("policy/size.rego", &policy), ("main.tf", machine)]);
    let found = findings(&dir);
    let own = found.iter().find(|f| f["rule"] == "main/deny").expect("the policy finds nothing");
    assert_eq!(own["message"], "aws_instance.big is a very large machine");
    assert_eq!((&own["fix"]["applicability"], &own["range"]["start"]["line"]), (&"unsafe".into(), &3.into()));
    let run = Run::of(dir.path(), &["fix", "--unsafe", "--rule", "main/deny"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let fixed = std::fs::read_to_string(dir.path().join("main.tf")).unwrap();
    assert_eq!(fixed, machine.replace("x1.32xlarge", "m7i.large"));
}

#[test]
fn the_settings_are_understood() {
    let settings = example("## Settings", "toml");
    let dir = module(&[("trueline.toml", &settings), ("main.tf", "resource \"aws_vpc\" \"v\" {}\n")]);
    let run = Run::of(dir.path(), &["check"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("`Environment`, `Owner` are required"), "{}", run.stdout);
}

#[test]
fn the_ignore_comment_waives() {
    let comment = example("### In the code", "hcl");
    let (comment, block) = comment.split_once('\n').unwrap();
    let block = format!("{block}\n  bucket = \"site\"\n}}\n");
    let rule = |f: &serde_json::Value| f["rule"] == "aws/s3/unencrypted-bucket";
    let verdict = |text: &str| {
        let dir = module(&[("main.tf", text)]);
        findings(&dir).iter().find(|f| rule(f)).unwrap()["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(&block), "fail");
    // the date in the guide may have passed when this runs
    let lasting = comment.replace("until=2027-01-31", "until=2999-01-31");
    assert_ne!(lasting, comment);
    assert_eq!(verdict(&format!("{lasting}\n{block}")), "waived");
}
