//! The pack is whole: every rule compiles, passes its own tests, names controls that exist and shows examples.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)] // a test that reads the workspace as it is

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use trueline_model::Profile;
use trueline_rego::{CompileOptions, Limits, PolicyFile, TestStatus, Value, Version, compile};
use trueline_rules::{RuleSet, Settings, controls, entries, explain, find};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> PolicyFile {
    let source = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let shown = path.strip_prefix(root()).unwrap().display().to_string();
    PolicyFile { path: shown, source: source.into(), version: Some(Version::V1) }
}

fn library() -> Vec<PolicyFile> {
    let mut files: Vec<PolicyFile> = ["policies/lib", "policies/lib/testing"]
        .iter()
        .flat_map(|d| std::fs::read_dir(root().join(d)).unwrap())
        .map(|e| e.unwrap().path())
        .filter(|p| {
            p.extension().is_some_and(|e| e == "rego") && !p.to_string_lossy().ends_with("_test.rego")
        })
        .map(|p| read(&p))
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[test]
fn every_rule_passes_its_own_tests() {
    let mut problems = Vec::new();
    let mut ran = 0;
    for entry in entries() {
        let rule = root().join(entry.path);
        let mut files = library();
        files.push(read(&rule));
        // Rules whose cases are Terraform code have no tests in Rego.
        let tests = rule.with_file_name("rule_test.rego");
        let has_cases = rule.with_file_name("cases.tf").is_file();
        if tests.is_file() {
            files.push(read(&tests));
        }
        let compiled = match compile(&files, &CompileOptions::default()) {
            Ok(c) => c,
            Err(diagnostics) => {
                problems.push(format!("{}: {diagnostics:#?}", entry.id));
                continue;
            }
        };
        let outcomes = compiled.session(Value::empty_object(), Limits::default()).tests();
        if outcomes.len() < 3 && !has_cases {
            problems.push(format!("{}: only {} tests", entry.id, outcomes.len()));
        }
        for o in outcomes {
            ran += 1;
            if o.status != TestStatus::Pass {
                problems.push(format!("{}:{} {} {:?}", o.file, o.line, o.name, o.status));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(ran > 50, "{ran}");
}

#[test]
fn what_rules_share_passes_its_tests() {
    let mut files = library();
    let folder = root().join("policies/lib");
    let mut tests: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    tests.retain(|p| p.to_string_lossy().ends_with("_test.rego"));
    tests.sort();
    assert!(!tests.is_empty());
    files.extend(tests.iter().map(|p| read(p)));
    let compiled = compile(&files, &CompileOptions::default()).unwrap();
    let outcomes = compiled.session(Value::empty_object(), Limits::default()).tests();
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|o| o.status != TestStatus::Pass)
        .map(|o| format!("{}:{} {} {:?}", o.file, o.line, o.name, o.status))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(outcomes.len() > 10, "{}", outcomes.len());
}

#[test]
fn every_rule_runs_on_nothing_with_only_the_policies_it_names() {
    let all = RuleSet::select(Profile::Strict, &[], &Settings::default());
    assert_eq!(all.rules().len(), entries().len());
    let data = Value::parse_json(
        r#"{"trueline": {"resources": {}, "data_sources": {}, "links": {}, "backlinks": {}, "settings": {}, "params": {}, "provider_tags": {}}}"#,
    )
    .unwrap();
    for rule in all.rules() {
        let types: BTreeSet<String> = rule.entry.resources.iter().take(1).map(|s| (*s).to_owned()).collect();
        let mut only = Settings::default();
        only.rules.extend(
            entries()
                .iter()
                .filter(|e| e.id != rule.entry.id)
                .map(|e| (e.id.to_owned(), trueline_rules::RuleSetting::Off)),
        );
        let set = RuleSet::select(Profile::Strict, &[], &only);
        let selection = set.for_types(&types);
        assert_eq!(selection.rules.len(), 1, "{}", rule.entry.id);
        let compiled = compile(&selection.files(), &CompileOptions::default())
            .unwrap_or_else(|e| panic!("{}: {e:#?}", rule.entry.id));
        let session = compiled.session(data.clone(), Limits::default());
        for name in ["expect", "deny", "unknown"] {
            let package = compiled.packages().iter().find(|p| p.path == rule.package()).unwrap();
            if package.rule(name).is_none() {
                continue;
            }
            let value = session
                .rule(&format!("{}.{name}", rule.package()))
                .unwrap_or_else(|e| panic!("{}: {e:?}", rule.entry.id));
            assert_eq!(value, Some(Value::set(Vec::new())), "{} {name}", rule.entry.id);
        }
    }
}

#[test]
fn every_control_and_rule_that_a_rule_names_is_there() {
    for entry in entries() {
        let meta = entry.meta();
        assert!(!meta.controls.is_empty(), "{} names no control", meta.id);
        for before in &meta.after {
            assert!(entries().iter().any(|e| e.id == before), "{} goes on from {before}", meta.id);
        }
        for c in &meta.controls {
            assert!(controls::title(c).is_some(), "{}: {} has no control {}", meta.id, c.framework, c.id);
        }
    }
    assert_eq!(
        controls::frameworks().iter().map(|f| f.id).collect::<Vec<_>>(),
        ["cis-aws-3.0", "cis-aws-5.0", "hipaa", "iso-27001-2022", "nist-800-53-r5", "pci-dss-4.0", "soc2"]
    );
}

#[test]
fn every_rule_has_a_page_with_examples() {
    for entry in entries() {
        let page = explain::of(entry);
        assert!(
            !page.avoid.is_empty() && !page.prefer.is_empty() && page.avoid != page.prefer,
            "{}",
            entry.id
        );
        assert_eq!(page.controls.len(), page.meta.controls.len(), "{}", entry.id);
        for text in [&page.meta.title, &page.meta.description, &page.meta.help] {
            assert!(!text.contains("  ") && text.len() > 10, "{}: {text}", entry.id);
        }
        assert!(
            page.meta.aliases.iter().collect::<BTreeSet<_>>().len() == page.meta.aliases.len(),
            "{}",
            entry.id
        );
    }
    assert_eq!(find("ckv_aws_96").unwrap().id, "aws/rds/unencrypted-cluster");
    assert_eq!(
        find("aws/rds/unencrypted-instanc").unwrap_err().nearest.as_deref(),
        Some("aws/rds/unencrypted-instance")
    );
}

/// The rules about policies say themselves which types they look at, since the index is made without evaluating anything.
#[test]
fn rules_about_policies_look_at_every_type_that_holds_one() {
    let compiled = compile(&library(), &CompileOptions::default()).unwrap();
    let holders = compiled
        .session(Value::empty_object(), Limits::default())
        .rule("data.trueline.lib.iam.holders")
        .unwrap()
        .unwrap();
    let holders = holders.to_json();
    let of = |kinds: &[&str]| -> BTreeSet<String> {
        let holders = holders.as_object().unwrap().iter();
        holders
            .filter(|(_, a)| a.as_object().unwrap().values().any(|k| kinds.contains(&k.as_str().unwrap())))
            .map(|(t, _)| t.clone())
            .collect()
    };
    let looks_at = |id: &str| -> BTreeSet<String> {
        find(id)
            .unwrap()
            .resources
            .iter()
            .filter(|r| !matches!(**r, "aws_lambda_permission" | "module"))
            .map(|r| (*r).to_owned())
            .collect()
    };
    assert_eq!(looks_at("aws/iam/wildcard-action"), of(&["identity", "trust", "resource"]));
    assert_eq!(looks_at("aws/iam/wildcard-resource"), of(&["identity"]));
    assert_eq!(looks_at("aws/iam/pass-role-anywhere"), of(&["identity"]));
    assert_eq!(looks_at("aws/iam/public-principal"), of(&["trust", "resource", "key"]));
    assert_eq!(looks_at("aws/iam/allow-all-but"), of(&["identity", "trust", "resource", "key"]));
}

#[test]
fn settings_choose_rules() {
    let settings = |text: &str| Settings::parse("trueline.toml", text).unwrap();
    let ids = |set: &RuleSet| set.rules().iter().map(|r| r.meta.id.clone()).collect::<Vec<_>>();
    let plain = Settings::default();
    let baseline = RuleSet::select(Profile::Baseline, &[], &plain);
    assert!(
        baseline.get("aws/s3/unencrypted-bucket").is_some()
            && baseline.get("aws/s3/bucket-without-kms").is_none()
    );
    let named = settings("[rules]\n\"aws/s3/bucket-without-kms\" = \"critical\"\n\"aws/rds/*\" = \"off\"");
    let set = RuleSet::select(Profile::Baseline, &[], &named);
    assert_eq!(
        set.get("aws/s3/bucket-without-kms").unwrap().meta.severity,
        trueline_model::Severity::Critical
    );
    assert!(!ids(&set).iter().any(|i| i.starts_with("aws/rds/")));
    let cis = RuleSet::select(Profile::Strict, &["cis-aws-5.0".into()], &plain);
    assert!(
        cis.get("aws/kms/key-without-rotation").is_some() && cis.get("aws/sns/unencrypted-topic").is_none()
    );
    let only = RuleSet::only(&["CKV_AWS_145".into()], &plain).unwrap();
    assert_eq!(ids(&only), ["aws/s3/bucket-without-kms", "aws/s3/unencrypted-bucket"]);
    assert!(RuleSet::only(&["nothing/like/it".into()], &plain).is_err());
    let notes = settings(
        "[rules]\n\"aws/s3/unencrypted-buckets\" = \"off\"\n\"aws/tags/missing-required-tags\" = { match_value = true }",
    );
    let said: Vec<String> = RuleSet::select(Profile::Strict, &[], &notes)
        .notes()
        .iter()
        .map(|n| format!("{} {}", n.message, n.help.clone().unwrap_or_default()))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("did you mean `aws/s3/unencrypted-bucket`?")
            && said[1].contains("did you mean `match_values`?"),
        "{said:?}"
    );
}

/// Checks leave the plan's JSON out where only the pack runs, which sees resources through `data.trueline`.
#[test]
fn no_policy_of_the_pack_reads_input() {
    let reads = |source: &str| {
        let mut code = String::new();
        let mut quote = None;
        let mut comment = false;
        for c in source.chars() {
            match (quote, c) {
                _ if comment => comment = c != '\n',
                (None, '#') => comment = true,
                (None, '"' | '`') => quote = Some(c),
                (Some(q), c) if q == c => quote = None,
                (Some('"'), '\n') => quote = None,
                (None, c) => code.push(c),
                _ => {}
            }
        }
        code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "input")
    };
    assert!(reads("deny if input.x") && !reads("deny if data.x # input\n") && !reads("x := \"input\""));
    let pack = entries().iter().map(trueline_rules::Entry::file).chain(library());
    let reading: Vec<String> =
        pack.filter(|f| !f.path.contains("/testing/") && reads(&f.source)).map(|f| f.path).collect();
    assert_eq!(reading, [""; 0]);
}
