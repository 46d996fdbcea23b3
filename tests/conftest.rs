//! `trueline test` and `trueline verify` in the place of conftest: inputs, formats, exit codes, tests of policies.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use program::{Run, files};
use tempfile::TempDir;

const POLICY: &str = r#"package main

limit := 10

over(x) if x > limit

deny contains {"msg": msg, "owner": "platform"} if {
	print("looking at", input.name)
	over(input.size)
	msg := sprintf("%s is too large", [input.name])
}

warn contains "old" if input.version < 2

deny_all contains msg if {
	some file in input
	msg := sprintf("%s: %v", [file.path, file.contents])
}
"#;

const TESTS: &str = r#"package main_test

import data.main

test_large if "a is too large" in {found.msg | some found in main.deny} with input as {"name": "a", "size": 11}

test_border if {
	size := 10
	main.over(size)
}

test_cases[name] if {
	some name, size in {"small": 11, "large": 1000}
	main.over(size)
}

todo_test_later if false
"#;

fn project() -> TempDir {
    files(&[
        ("policy/main.rego", POLICY),
        ("policy/main_test.rego", TESTS),
        ("in/a.yaml", "name: a\nsize: 11\n---\nname: b\nsize: 1\n"),
        ("in/c.json", r#"[{"name": "c", "size": 12}, {"name": "d", "version": 1}]"#),
    ])
}

#[test]
fn documents_of_yaml_and_elements_of_json_are_inputs() {
    let dir = project();
    let run = Run::of(dir.path(), &["test", "in"]);
    assert_eq!(
        run.stdout,
        "PRNT   policy/main.rego:8: looking at a\nPRNT   policy/main.rego:8: looking at b\n\
         PRNT   policy/main.rego:8: looking at c\nPRNT   policy/main.rego:8: looking at d\n\
         FAIL - in/a.yaml - main - a is too large\n\
         WARN - in/c.json - main - old\nFAIL - in/c.json - main - c is too large\n\n\
         12 tests, 9 passed, 1 warning, 2 failures, 0 exceptions\n"
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    let one = Run::of(dir.path(), &["test", "in", "--ignore", "json$", "--fail-on-warn"]);
    assert_eq!(one.code, 2, "{}", one.stderr);
    assert!(!one.stdout.contains("c.json"), "{}", one.stdout);
    let piped = Run::with_input(dir.path(), &["test", "-"], "name: x\nsize: 20\n");
    assert!(piped.stdout.contains("FAIL - - main - x is too large"), "{}{}", piped.stdout, piped.stderr);
    let wrong = Run::with_input(dir.path(), &["test", "-", "--parser", "json"], "name: x\n");
    assert_eq!(wrong.code, 1);
    assert!(wrong.stderr.contains("can't be read as JSON"), "{}", wrong.stderr);
    let quiet = Run::with_input(dir.path(), &["test", "-", "--quiet"], "name: x\n");
    assert_eq!((quiet.stdout.as_str(), quiet.code), ("", 0));
}

#[test]
fn files_are_combined_in_the_order_of_their_paths() {
    let dir = files(&[("policy/main.rego", POLICY), ("b.json", r#"{"x": 1}"#), ("a.yaml", "z: 2\n")]);
    let run = Run::of(dir.path(), &["test", "b.json", "a.yaml", "--combine"]);
    assert!(
        run.stdout.contains(
            "FAIL - Combined - main - a.yaml: {\"z\": 2}\nFAIL - Combined - main - b.json: {\"x\": 1}\n"
        ),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn each_format_tells_the_failure() {
    let dir = project();
    for (format, expected) in [
        (
            "json",
            "\"metadata\": {\n\t\t\t\t\t\"owner\": \"platform\",\n\t\t\t\t\t\"query\": \"data.main.deny\"",
        ),
        ("tap", "not ok 1 - in/a.yaml - main - a is too large"),
        ("table", "│ failure │ in/a.yaml │ main      │ a is too large │"),
        ("junit", "<testcase classname=\"conftest.main\" name=\"in/a.yaml - a is too large\""),
        ("github", "::error file=in/a.yaml,line=1::a is too large"),
        ("sarif", "\"ruleId\": \"main/deny\""),
        ("azuredevops", "##vso[task.logissue type=error] file=in/a.yaml --> a is too large"),
    ] {
        let run = Run::of(dir.path(), &["test", "in/a.yaml", "--output", format]);
        assert!(run.stdout.contains(expected), "{format}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.code, 1);
    }
}

#[test]
fn builtin_errors_and_strict_mode_are_told_if_asked() {
    let failing = "package main\ndeny contains \"no\" if to_number(input.x) > 1\n";
    let dir = files(&[("policy/main.rego", failing), ("in.json", r#"{"x": "text"}"#)]);
    assert_eq!(Run::of(dir.path(), &["test", "in.json"]).code, 0);
    let shown = Run::of(dir.path(), &["test", "in.json", "--show-builtin-errors"]);
    assert_eq!(shown.code, 1);
    assert!(shown.stderr.contains("eval_builtin_error"), "{}", shown.stderr);

    let unused = "package main\ndeny contains \"no\" if { x := 1; input.x == \"text\" }\n";
    let dir = files(&[("policy/main.rego", unused), ("in.json", r#"{"x": "text"}"#)]);
    assert!(Run::of(dir.path(), &["test", "in.json"]).stdout.contains("FAIL"));
    let strict = Run::of(dir.path(), &["test", "in.json", "--strict"]);
    assert!(strict.stderr.contains("assigned var x unused"), "{}", strict.stderr);
}

#[test]
fn a_trace_goes_to_standard_error() {
    let dir = project();
    let run = Run::of(dir.path(), &["test", "in/c.json", "--trace"]);
    assert!(run.stderr.contains("| Fail input.size\n"), "{}", run.stderr);
    assert!(run.stdout.ends_with("exceptions\n"), "{}", run.stdout);
}

#[test]
fn tests_of_policies_say_what_failed_with_its_values() {
    let dir = project();
    let run = Run::of(dir.path(), &["verify"]);
    assert_eq!(
        run.stdout,
        "PRNT   policy/main.rego:8: looking at a\n\
         FAIL - policy/main_test.rego -  - data.main_test.test_border\n\n\
         4 tests, 2 passed, 0 warnings, 1 failure, 0 exceptions, 1 skipped\n"
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report = Run::of(dir.path(), &["verify", "--report", "fails", "--coverage"]);
    let rule = "-".repeat(80);
    assert_eq!(
        report.stdout,
        format!(
            "FAILURES\n{rule}\ndata.main_test.test_border: FAIL\n\n\
             \x20 policy/main.rego:5       | | | | | Fail x > limit  {{x: 10, limit: 10}}\n\
             \x20 policy/main_test.rego:9  | | | Fail main.over(size)  {{size: 10}}\n\n\
             \x20 policy/main_test.rego:9:\n    main.over(size)\n      size = 10\n\n\
             SUMMARY\n{rule}\npolicy/main_test.rego:\ndata.main_test.test_border: FAIL\n\
             data.main_test.test_cases: PASS\n  large: PASS\n  small: PASS\n\
             data.main_test.test_large: PASS\n\n  policy/main.rego:8: looking at a\n\n\
             data.main_test.todo_test_later: SKIPPED\n{rule}\nPASS: 2/4\nFAIL: 1/4\nSKIPPED: 1/4\n"
        )
    );
    assert!(report.stderr.starts_with("coverage: "), "{}", report.stderr);
    let none = Run::of(dir.path(), &["verify", "--namespace", "nowhere"]);
    assert_eq!(none.code, 0);
    assert!(none.stderr.contains("no test was run"), "{}", none.stderr);
}

/// As OPA does where it loads policies and data together.
#[test]
fn rules_are_refused_where_data_has_something() {
    let dir = files(&[
        ("policy/p.rego", "package p\n\nx := 1\n\ntest_x if x == 1\n"),
        ("data/data.json", r#"{"p": {"x": 2}}"#),
    ]);
    let run = Run::of(dir.path(), &["verify", "--data", "data"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("policy/p.rego:3")
            && run.stderr.contains("conflicting rule for data path p/x found"),
        "{}",
        run.stderr
    );
    assert_eq!(Run::of(dir.path(), &["verify"]).code, 0);
}

#[test]
fn flags_are_preset_by_the_environment_and_by_a_file() {
    let dir = project();
    let write = |path: &str, text: &str| std::fs::write(dir.path().join(path), text).unwrap();
    write("policy/other.rego", "package other\nwarn contains \"from other\" if input.name\n");
    write(
        "conftest.toml",
        "namespace = [\"other\"]\nfail-on-warn = true\noutput = \"tap\"\nupdate = \"x\"\n",
    );
    let run = Run::of(dir.path(), &["test", "in/a.yaml"]);
    assert!(run.stdout.contains("not ok 1 - in/a.yaml - other - from other"), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("`update` of conftest.toml is not supported"), "{}", run.stderr);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let set =
        [("CONFTEST_OUTPUT", "github"), ("TRUELINE_NAMESPACE", "main,other"), ("CONFTEST_NO_FAIL", "true")];
    let run = Run::with(dir.path(), &["test", "in/a.yaml"], &set);
    assert!(run.stdout.contains("in namespace \"main\""), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("in namespace \"other\""), "{}", run.stdout);
    assert_eq!(run.code, 0);
    let run = Run::with(dir.path(), &["test", "in/a.yaml", "-n", "main", "-o", "stdout"], &set[..2]);
    assert!(run.stdout.contains("FAIL - in/a.yaml - main - a is too large"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("other"), "{}", run.stdout);
    assert_eq!(run.code, 2);
    write("conftest.toml", "policy = {}\n");
    let run = Run::of(dir.path(), &["test", "in/a.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("`conftest.toml` can't be read: `policy` is table"), "{}", run.stderr);
    let run = Run::of(dir.path(), &["verify", "--config-file", "nowhere.toml"]);
    assert!(run.stderr.contains("`nowhere.toml` can't be read"), "{}", run.stderr);
}

#[test]
fn files_are_shown_as_policies_see_them() {
    let dir = files(&[("a.yaml", "b: 1\na: [<x>]\n---\nc: true\n"), ("b.json", r#"{"z": 1.50}"#)]);
    let one = Run::of(dir.path(), &["parse", "b.json"]);
    assert_eq!(one.stdout, "{\n  \"z\": 1.50\n}\n", "{}", one.stderr);
    let both = Run::of(dir.path(), &["parse", "b.json", "a.yaml"]);
    let read: serde_json::Value = serde_json::from_str(&both.stdout).unwrap();
    assert_eq!(read["a.yaml"][0]["a"][0], "<x>");
    assert_eq!(read["a.yaml"][1]["c"], true);
    assert!(both.stdout.starts_with("{\n  \"a.yaml\": [\n    {\n      \"a\": ["), "{}", both.stdout);
    let combined = Run::of(dir.path(), &["parse", "b.json", "--combine"]);
    assert!(combined.stdout.starts_with("[\n\t{\n\t\t\"contents\": {"), "{}", combined.stdout);
    assert_eq!(Run::of(dir.path(), &["parse", "c.json"]).code, 1);
    assert_eq!(Run::of(dir.path(), &["test", "--nonsense"]).code, 1);
    assert_eq!(Run::of(dir.path(), &["check", "--nonsense"]).code, 2);
}

#[test]
fn policies_know_where_the_file_is() {
    let policy = "package main\ndeny contains msg if msg := sprintf(\"%s in %s\", [data.conftest.file.name, data.conftest.file.dir])\n";
    let dir = files(&[("policy/main.rego", policy), ("prod/a.json", "{}")]);
    let run = Run::of(dir.path(), &["test", "prod/a.json"]);
    let place = dir.path().canonicalize().unwrap().join("prod");
    assert!(run.stdout.contains(&format!("a.json in {}\n", place.display())), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_strict_gate_lets_nothing_pass_untested() {
    let policy =
        "package main\ndeny contains \"no\" if to_number(input.x) > 1\nwarn contains 1 if input.odd\n";
    let dir = files(&[
        ("policy/main.rego", policy),
        ("good.json", r#"{"x": "0"}"#),
        ("text.json", r#"{"x": "text"}"#),
        ("odd.json", r#"{"x": 0, "odd": true}"#),
        ("broken.json", "{"),
    ]);
    let gate = |args: &[&str]| Run::of(dir.path(), &[&["test", "--strict-gate"], args].concat());
    assert_eq!(gate(&["good.json"]).code, 0);
    for (args, said) in [
        (&["text.json"][..], "to_number"),
        (&["odd.json"], "which is no message"),
        (&["broken.json"], "can't be read as JSON"),
        (&["good.json", "-n", "main,nowhere"], "`nowhere` has no rule"),
        (&["good.json", "-n", "nowhere"], "no policy was run"),
    ] {
        let run = gate(args);
        assert_eq!(run.code, 3, "{args:?}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
    }
    assert_eq!(Run::of(dir.path(), &["test", "text.json", "odd.json"]).code, 0);
    let named = ["test", "-", "--stdin-filename", "x.yaml", "--strict-gate"];
    let run = Run::with_input(dir.path(), &named, "x: 2\n");
    assert!(run.stdout.starts_with("FAIL - x.yaml - main - no\n"), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.code, 1);
}

#[test]
fn what_is_written_as_a_value_is_not_explained() {
    let test = "package a_test\ntest_every if { every size in [9,11] { size < 10 } }\n";
    let dir = files(&[("policy/a_test.rego", test)]);
    let run = Run::of(dir.path(), &["verify", "--report", "fails"]);
    assert!(run.stdout.contains("Fail size < 10  {size: 11}\n"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("[9, 11]"), "{}", run.stdout);
}
