//! The whole program on small modules: what a person types, what comes out, and the exit code.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods
)] // the program is run from outside

mod program;

use program::{Run, copy_case};

/// What was typed, what came out and how it ended.
fn transcript(dir: &std::path::Path, args: &[&str]) -> String {
    let run = Run::of(dir, args);
    let mut out = format!("$ trueline {}\n{}", args.join(" "), run.stdout);
    if !run.stderr.is_empty() {
        out.push_str(&format!("--- stderr ---\n{}", run.stderr));
    }
    out.push_str(&format!("--- exit {} ---\n", run.code));
    out
}

/// The number of rules grows with the pack; the rest of a summary does not.
fn without_rule_count(text: &str) -> String {
    let lines = text.lines().map(|l| match l.split_once(" module, ") {
        Some((head, _)) if l.ends_with(" rules") => format!("{head} module, … rules"),
        _ => match l.split_once(" more rules (") {
            Some((_, behind)) => format!("… more rules ({behind}"),
            None => l.to_owned(),
        },
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn check_points_at_the_literal_and_shows_no_secret() {
    let dir = copy_case("bucket");
    let text = transcript(dir.path(), &["check"]);
    assert!(!text.contains("correct-horse"), "{text}");
    insta::assert_snapshot!(without_rule_count(&text));
}

#[test]
fn check_ends_with_0_where_nothing_is_wrong() {
    let dir = copy_case("clean");
    let run = Run::of(dir.path(), &["check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.starts_with("no problems · ") || run.stdout.contains("\nno problems · "),
        "{}",
        run.stdout
    );
}

#[test]
fn fail_on_decides_the_exit_code() {
    let dir = copy_case("bucket");
    assert_eq!(Run::of(dir.path(), &["check", "--fail-on", "low"]).code, 1);
    assert_eq!(Run::of(dir.path(), &["check", "--fail-on", "critical"]).code, 0);
}

/// `rule address` of what `check` finds, each once.
fn found(dir: &std::path::Path, args: &[&str]) -> Vec<String> {
    let run = Run::of(dir, &[&["check", "--format", "json"], args].concat());
    let json: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr));
    let text = |f: &serde_json::Value, key: &str| f[key].as_str().unwrap_or_default().to_owned();
    json["findings"].as_array().unwrap().iter().map(|f| text(f, "rule")).collect()
}

#[test]
fn rules_are_named_by_id_by_folder_and_as_other_scanners_do() {
    let dir = copy_case("bucket");
    let all = found(dir.path(), &[]);
    let queue = "aws/sqs/unencrypted-queue";
    assert!(all.iter().any(|r| r == queue) && all.iter().any(|r| r != queue), "{all:?}");
    let only: Vec<String> = all.iter().filter(|r| *r == queue).cloned().collect();
    let without: Vec<String> = all.iter().filter(|r| *r != queue).cloned().collect();
    assert_eq!(found(dir.path(), &["--rule", queue]), only);
    assert_eq!(found(dir.path(), &["--rule", "ckv_aws_27"]), only);
    assert_eq!(found(dir.path(), &["--exclude-rule", queue]), without);
    assert_eq!(found(dir.path(), &["--rule", "aws/*", "--exclude-rule", "CKV_AWS_27"]), without);
    let strict = "aws/rds/instance-without-multi-az";
    assert!(!all.iter().any(|r| r == strict));
    assert_eq!(found(dir.path(), &["--rule", strict]), [strict], "a rule that is named is on");

    for (args, near) in [
        (["--rule", "aws/sqs/unencrypted-queues"], "did you mean `aws/sqs/unencrypted-queue`?"),
        (["--exclude-rule", "aws/sqz/*"], "did you mean `aws/sqs/*`?"),
        (["--rule", "aws/sqs"], "did you mean `aws/sqs/*`?"),
        (["--rule", "CKV-AWS-27"], "did you mean `CKV_AWS_27`?"),
        (["--rule", "CKV_AWS_99999"], "`trueline rules` lists all rules"),
    ] {
        for command in ["check", "fix"] {
            let run = Run::of(dir.path(), &[command, args[0], args[1]]);
            assert_eq!(run.code, 2, "{args:?}");
            assert!(run.stderr.contains(near), "{args:?}: {}", run.stderr);
        }
    }
    let none = Run::of(dir.path(), &["check", "--rule", queue, "--exclude-rule", queue]);
    assert_eq!((none.code, none.stderr.contains("no rule is left")), (2, true), "{}", none.stderr);

    let before = std::fs::read_to_string(dir.path().join("main.tf")).unwrap();
    Run::of(dir.path(), &["fix", "--unsafe", "--exclude-rule", "aws/rds/unencrypted-instance"]);
    let after = std::fs::read_to_string(dir.path().join("main.tf")).unwrap();
    assert!(after != before && after.contains("default = false"), "{after}");
    Run::of(dir.path(), &["fix", "--unsafe", "--rule", "CKV_AWS_16"]);
    assert!(!std::fs::read_to_string(dir.path().join("main.tf")).unwrap().contains("default = false"));
}

#[test]
fn what_is_excluded_is_neither_reported_nor_changed() {
    let broken = "resource \"aws_sqs_queue\" \"q\" {\n  sqs_managed_sse_enabled = false\n}\n";
    let call = format!("module \"v\" {{\n  source = \"../vendor\"\n}}\n{broken}");
    let dir = program::files(&[
        ("trueline.toml", "exclude = [\"examples/**\", \"vendor\"]\n"),
        ("live/main.tf", &call),
        ("vendor/main.tf", broken),
        ("examples/one/main.tf", broken),
    ]);
    let run = Run::of(
        &dir.path().join("live"),
        &["check", "--format", "concise", "--rule", "aws/sqs/unencrypted-queue"],
    );
    assert_eq!(run.stdout.matches("aws/sqs/unencrypted-queue").count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains("main.tf:5:29: "), "{}", run.stdout);
    assert!(run.stdout.contains("note: 1 problem in excluded files is not shown"), "{}", run.stdout);
    Run::of(dir.path(), &["fix", "--unsafe"]);
    for (path, same) in [("live/main.tf", false), ("vendor/main.tf", true), ("examples/one/main.tf", true)] {
        let text = std::fs::read_to_string(dir.path().join(path)).unwrap();
        assert_eq!(text.contains("sqs_managed_sse_enabled = false"), same, "{path}: {text}");
    }
    let run = Run::of(dir.path(), &["check", "--exclude", "live"]);
    assert!(run.stdout.contains("`.` is excluded, so it was not looked at"), "{}", run.stdout);
    let run = Run::of(dir.path(), &["check", "--exclude", "b[z-a]"]);
    assert!(run.code == 2 && run.stderr.contains("is no glob"), "{}", run.stderr);
    std::fs::write(dir.path().join("trueline.toml"), "exclude = [\n  \"b[z-a]\",\n]\n").unwrap();
    let run = Run::of(dir.path(), &["check"]);
    assert!(
        run.code == 2 && run.stderr.contains("trueline.toml:2:3: `exclude[0]` is no glob"),
        "{}",
        run.stderr
    );
}

#[test]
fn formats_agree_on_what_was_found() {
    let dir = copy_case("bucket");
    let json = Run::of(dir.path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["schema"], "trueline.findings/1");
    let sarif = Run::of(dir.path(), &["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.stdout).unwrap();
    let ids = |of: &serde_json::Value, key: &str| -> Vec<String> {
        of.as_array().unwrap().iter().map(|f| f[key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&json["findings"], "rule"), ids(&sarif["runs"][0]["results"], "ruleId"));
    let github = Run::of(dir.path(), &["check", "--format", "github"]).stdout;
    let shown = json["findings"].as_array().unwrap().iter().filter(|f| f["verdict"] != "waived").count();
    assert_eq!(
        github.lines().filter(|l| l.starts_with("::") && !l.contains("title=trueline::")).count(),
        shown
    );

    let file = Run::of(dir.path(), &["check", "--format", "json", "--output", "out.json"]);
    assert_eq!(file.stdout, "");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(dir.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(written, json);
}

#[test]
fn output_is_the_same_under_another_path_and_thread_count() {
    let (a, b) = (copy_case("bucket"), copy_case("bucket"));
    for format in ["json", "sarif", "text"] {
        let one = Run::of(a.path(), &["check", "--format", format, "--threads", "1"]);
        let two = Run::of(b.path(), &["check", "--format", format, "--threads", "7"]);
        assert_eq!(one.stdout, two.stdout);
    }
}

#[test]
fn fix_shows_a_diff_first_and_writes_it_then() {
    let dir = copy_case("bucket");
    let main = dir.path().join("main.tf");
    let before = std::fs::read_to_string(&main).unwrap();
    let diff = Run::of(dir.path(), &["fix", "--unsafe", "--diff"]);
    assert_eq!(std::fs::read_to_string(&main).unwrap(), before, "--diff wrote");
    assert!(
        !diff.stdout.contains("correct-horse") && !diff.stderr.contains("correct-horse"),
        "{}",
        diff.stdout
    );
    insta::assert_snapshot!(transcript(dir.path(), &["fix", "--unsafe", "--diff"]));

    Run::of(dir.path(), &["fix", "--unsafe"]);
    let fixed = std::fs::read_to_string(&main).unwrap();
    assert_ne!(fixed, before);
    assert!(fixed.contains("# rotated by hand"));
    let again = Run::of(dir.path(), &["fix", "--unsafe"]);
    assert_eq!(
        std::fs::read_to_string(&main).unwrap(),
        fixed,
        "a second run changed something: {}",
        again.stdout
    );
}

#[test]
fn a_fix_in_a_module_holds_for_other_callers_too() {
    let dir = copy_case("caller");
    let module = dir.path().join("modules/db/main.tf");
    let run = Run::of(dir.path(), &["fix", "--unsafe", "live"]);
    // the other caller needs what the fix would change in the module, so the argument of this caller is changed
    let module = std::fs::read_to_string(module).unwrap();
    let argument = module.lines().find(|l| l.trim_start().starts_with("storage_encrypted")).unwrap();
    // what other fixes add beside it may align it anew
    assert_eq!(
        argument.split_whitespace().collect::<Vec<_>>(),
        ["storage_encrypted", "=", "var.encrypted"],
        "{}",
        run.stdout
    );
    assert!(
        std::fs::read_to_string(dir.path().join("live/main.tf")).unwrap().contains("encrypted = true"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_literal_that_several_callers_share_is_mended_for_all_of_them() {
    for path in ["live", "queue", "."] {
        let dir = copy_case("shared");
        std::fs::create_dir(dir.path().join(".git")).unwrap(); // what marks the top of the repository
        let run = Run::of(dir.path(), &["fix", path]);
        assert_eq!(run.code, 0, "{path}: {}{}", run.stdout, run.stderr);
        let fixed = std::fs::read_to_string(dir.path().join("queue/main.tf")).unwrap();
        assert!(fixed.contains("sqs_managed_sse_enabled = true"), "{path}: {}", run.stdout);
        assert_eq!(Run::of(dir.path(), &["check"]).code, 0);
    }
}

#[test]
fn what_is_new_since_the_base_may_be_fixed_where_what_exists_may_not() {
    let dir = copy_case("clean");
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
        let out =
            std::process::Command::new("git").args(who).args(args).current_dir(dir.path()).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    };
    let volume = |name: &str| {
        format!(
            "\nresource \"aws_ebs_volume\" \"{name}\" {{\n  availability_zone = \"us-east-1a\"\n  size = 1\n  encrypted = false\n}}\n"
        )
    };
    let main = dir.path().join("main.tf");
    let clean = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, format!("{clean}{}", volume("old"))).unwrap();
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "one"]);
    let moved = "\nmoved {\n  from = aws_ebs_volume.former\n  to   = aws_ebs_volume.moved\n}\n";
    let now = [volume("old"), volume("new"), volume("moved"), moved.to_owned()].concat();
    std::fs::write(&main, format!("{clean}{now}")).unwrap();

    let json = Run::of(dir.path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let of = |address: &str| -> String {
        let all = json["findings"].as_array().unwrap();
        let found = all
            .iter()
            .find(|f| f["address"] == address && f["rule"] == "aws/ebs/unencrypted-volume")
            .unwrap();
        found["fix"]["applicability"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("aws_ebs_volume.new"), "safe");
    assert_eq!(of("aws_ebs_volume.old"), "unsafe");
    assert_eq!(of("aws_ebs_volume.moved"), "unsafe");
}

#[test]
fn plan_is_what_test_reads() {
    let dir = copy_case("bucket");
    let plan = Run::of(dir.path(), &["plan"]);
    assert_eq!(plan.code, 0, "{}", plan.stderr);
    let json: serde_json::Value = serde_json::from_str(&plan.stdout).unwrap();
    let addresses: Vec<&str> =
        json["resource_changes"].as_array().unwrap().iter().map(|r| r["address"].as_str().unwrap()).collect();
    assert_eq!(addresses, ["aws_db_instance.main", "aws_sqs_queue.jobs"]);
    std::fs::write(dir.path().join("tfplan.json"), plan.stdout).unwrap();
    program::copy("policies", &dir.path().join("policy"));

    insta::assert_snapshot!(transcript(dir.path(), &["test", "tfplan.json"]));
    insta::assert_snapshot!(transcript(
        dir.path(),
        &["test", "tfplan.json", "-p", "policy", "--all-namespaces"]
    ));
    insta::assert_snapshot!(transcript(dir.path(), &["test", "tfplan.json", "-n", "terraform.*"]));
    insta::assert_snapshot!(transcript(dir.path(), &["test", "tfplan.json", "-n", "nowhere"]));
    let codes =
        |args: &[&str]| Run::of(dir.path(), &[&["test", "tfplan.json", "-n", "main"], args].concat()).code;
    assert_eq!((codes(&[]), codes(&["--fail-on-warn"]), codes(&["--no-fail"])), (1, 2, 0));
    let piped = Run::with_input(dir.path(), &["test", "-", "-n", "main"], &json.to_string());
    assert!(piped.stdout.starts_with("FAIL - - main - the name of"), "{}", piped.stdout);
}

#[test]
fn own_policies_give_findings_like_the_packs() {
    let dir = copy_case("bucket");
    program::copy("policies", &dir.path().join("policy"));
    let run = Run::of(dir.path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let own: Vec<&serde_json::Value> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["message"].as_str().unwrap().contains("mycoco-"))
        .collect();
    assert_eq!(own.len(), 1, "{}{}", run.stdout, run.stderr);
    assert_eq!((&own[0]["address"], &own[0]["file"]), (&"aws_sqs_queue.jobs".into(), &"main.tf".into()));
}

#[test]
fn rules_and_their_pages() {
    let dir = copy_case("clean");
    let list = Run::of(dir.path(), &["rules", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list.stdout).unwrap();
    for rule in list.as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        let page = Run::of(dir.path(), &["explain", id]);
        assert_eq!(page.code, 0, "{id}");
        assert!(page.stdout.starts_with(id) && page.stdout.contains("\nWhy\n"), "{}", page.stdout);
    }
    let wrong = Run::of(dir.path(), &["explain", "aws/s3/unencryptd-bucket"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean `aws/s3/unencrypted-bucket`?"), "{}", wrong.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let dir = copy_case("clean");
    let status = std::process::Command::new("sh")
        .args([
            "-c",
            &format!("{} rules --format json | head -c 1; exit ${{PIPESTATUS:-0}}", program::binary()),
        ])
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&status.stderr), "");
}
