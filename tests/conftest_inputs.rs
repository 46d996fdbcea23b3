//! `trueline test`, `verify` and `parse` in the place of conftest: which files are read, what stands in them, how much is counted, and
//! what is said where conftest would say nothing.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use std::os::unix::fs::symlink;
use std::path::Path;

use program::{Run, files};

const OWNER: &str = "package main\n\ndeny contains \"nobody owns this\" if not input.owner\n";

/// Runs `trueline`; the exit code and what is said have to be as expected.
fn expect(dir: &Path, args: &[&str], code: i32, says: &[&str], lacks: &[&str]) -> Run {
    let run = Run::of(dir, args);
    let all = format!("{}{}", run.stdout, run.stderr);
    assert_eq!(run.code, code, "{args:?}: {all}");
    for text in says {
        assert!(all.contains(text), "{args:?} does not say `{text}`: {all}");
    }
    for text in lacks {
        assert!(!all.contains(text), "{args:?} says `{text}`: {all}");
    }
    run
}

#[test]
fn what_is_named_decides_what_is_read() {
    let dir = files(&[
        ("policy/owner.rego", OWNER),
        ("in/a.yaml", "owner: x\n"),
        ("in/b.toml", "[service]\nname = \"b\"\n"),
        ("in/c.jsonc", "{ /* who */ \"owner\": \"c\", }"),
        ("in/README.md", "# nothing"),
        ("none/README.md", "# nothing"),
        ("image/Dockerfile", "FROM x"),
        ("image/labels.json", "{\"owner\": 1}"),
        ("tf/main.tf", ""),
        ("draft/a.json", "{}"),
        ("empty/list.json", "[]"),
    ]);
    let at = dir.path();
    expect(
        at,
        &["test", "in"],
        1,
        &["FAIL - in/b.toml - main - nobody owns this", "3 tests, 2 passed"],
        &["c.jsonc"],
    );
    expect(at, &["test", "./in/a.yaml", "in/a.yaml", "in/a.yaml"], 0, &["2 tests, 2 passed"], &[]);
    expect(at, &["test", ""], 1, &["no files found"], &["0 tests", "nobody"]);
    expect(at, &["test", "", "in/a.yaml", ""], 0, &["1 test, 1 passed"], &[]);
    expect(at, &["test", "none"], 1, &["no files found in `none`"], &["0 tests"]);
    expect(at, &["test", "none", "in/a.yaml"], 0, &["1 test, 1 passed"], &[]);
    for gate in [&["test"][..], &["test", "--strict-gate"]] {
        let code = if gate.len() == 1 { 1 } else { 3 };
        let named = |more: &[&'static str]| [gate, more].concat();
        expect(
            at,
            &named(&["image"]),
            code,
            &["`image/Dockerfile` can't be read: there is no parser for Dockerfile"],
            &[],
        );
        expect(
            at,
            &named(&["in", "tf"]),
            code,
            &["`tf/main.tf`", "no parser for HCL", "trueline plan DIR"],
            &["1 test"],
        );
        expect(at, &named(&["in/README.md"]), code, &["`in/README.md` is of no kind that is known"], &[]);
        expect(at, &named(&["none"]), code, &["no files found"], &[]);
    }
    expect(at, &["test", "--ignore", "Dockerfile", "image"], 0, &["1 test, 1 passed"], &[]);
    expect(at, &["test", "--ignore", "draft", "./draft"], 1, &["no files found"], &[]);
    expect(at, &["test", "--ignore", "draft", "draft/a.json"], 1, &["FAIL - draft/a.json"], &[]);
    expect(at, &["test", "--ignore", "", "draft"], 1, &["FAIL - draft/a.json"], &[]);
    expect(at, &["test", "empty"], 0, &["0 tests", "`empty/list.json` is an empty list"], &[]);
    expect(at, &["test", "--strict-gate", "empty"], 3, &[], &[]);
    expect(at, &["test", "--parser", "yaml", "in/README.md"], 1, &["FAIL - in/README.md"], &[]);
    expect(at, &["test", "--parser", "cobol", "in/a.yaml"], 1, &["unknown parser: cobol"], &[]);
    expect(at, &["test", "--parser", "ini", "in/a.yaml"], 1, &["no parser for INI"], &[]);
    expect(at, &["parse", "in/b.toml"], 0, &["\"name\": \"b\""], &[]);
}

#[test]
fn links_are_followed_and_circles_end() {
    let dir = files(&[
        ("policy/name.rego", "package main\n\ndeny contains \"a name is missing\" if not input.name\n"),
        ("organization/owner.rego", OWNER),
        ("live/web.yaml", "owner: web\nname: web\n"),
        ("base/jobs.json", "{\"name\": \"jobs\"}"),
        ("limits/real/eu.yaml", "most: 1\n"),
    ]);
    let at = dir.path();
    for (target, link) in [
        ("../organization", "policy/shared"),
        ("..", "policy/up"),
        ("../base", "live/common"),
        (".", "live/self"),
        ("../limits/real", "data/eu"),
    ] {
        let link = at.join(link);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(target, link).unwrap();
    }
    std::fs::remove_file(at.join("policy/up")).unwrap();
    expect(
        at,
        &["test", "live"],
        1,
        &["FAIL - base/jobs.json - main - nobody owns this", "4 tests, 3 passed"],
        &[],
    );
    symlink("..", at.join("policy/up")).unwrap();
    let around = Run::of(at, &["test", "live/web.yaml"]);
    assert_eq!(around.code, 0, "a circle of links ends: {}", around.stderr);
    let policy = "package main\n\ndeny contains \"too many\" if data.eu.most < 2\n";
    std::fs::write(at.join("organization/owner.rego"), policy).unwrap();
    std::fs::remove_file(at.join("policy/up")).unwrap();
    expect(at, &["test", "--data", "data", "live/web.yaml"], 1, &["too many"], &[]);
}

#[test]
fn each_document_and_element_is_tested_and_combined() {
    let count = "package main\n\nwarn contains msg if msg := sprintf(\"%d: %v\", [count(input), [[e.path, e.contents] | some e in input]])\n";
    let dir = files(&[
        ("policy/count.rego", count),
        ("b.yaml", "x: 1\n---\n- 1\n- 2\n---\n"),
        ("a.json", "[\"allow\", \"deny\"]"),
        ("c.toml", "x = 1\n"),
    ]);
    let at = dir.path();
    let all = "7: [[\"a.json\", \"allow\"], [\"a.json\", \"deny\"], [\"b.yaml\", {\"x\": 1}], [\"b.yaml\", [1, 2]], [\"b.yaml\", null], [\"c.toml\", {\"x\": 1}]]";
    let all = all.replacen('7', "6", 1);
    expect(at, &["test", "--combine", "c.toml", "b.yaml", "a.json"], 0, &[&all], &[]);
    let owner = files(&[
        ("policy/owner.rego", OWNER),
        ("b.yaml", "owner: 1\n---\n"),
        ("c.yaml", "owner: 1\n--- # two\nx: 1\n"),
    ]);
    expect(owner.path(), &["test", "b.yaml"], 1, &["2 tests, 1 passed, 0 warnings, 1 failure"], &[]);
    expect(owner.path(), &["test", "c.yaml"], 1, &["2 tests, 1 passed, 0 warnings, 1 failure"], &[]);
    expect(
        at,
        &["parse", "--combine", "a.json"],
        0,
        &["\"contents\": \"allow\"", "\"contents\": \"deny\""],
        &[],
    );
}

#[test]
fn what_is_counted_is_what_conftest_counts() {
    let port = "deny_port contains sprintf(\"%d\", [p]) if some p in input.ports\n";
    for (policy, input, line) in [
        // one exception, whatever it drops
        (
            format!("{port}exception contains [\"port\"]\n"),
            "{\"ports\": [1, 2]}",
            "1 test, 0 passed, 0 warnings, 0 failures, 1 exception",
        ),
        // each solution is one, and a rule without a result has them too
        (
            format!("{port}exception contains [\"port\", \"port\"]\nexception contains [\"port\"]\n"),
            "{\"ports\": []}",
            "3 tests, 0 passed, 0 warnings, 0 failures, 3 exceptions",
        ),
        (
            format!("{port}exception contains [\"other\"]\n"),
            "{\"ports\": [1]}",
            "1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions",
        ),
        (
            format!("{port}exception contains [\"port\"] if input.x\n"),
            "{\"ports\": [1]}",
            "1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions",
        ),
        (
            "deny contains \"x\"\nviolation contains \"y\"\nexception contains [\"\"]\n".to_owned(),
            "{}",
            "2 tests, 0 passed, 0 warnings, 0 failures, 2 exceptions",
        ),
        // as an object, and as what data says
        (
            format!("{port}exception := {{\"a\": {{\"b\": \"port\"}}}}\n"),
            "{\"ports\": [1]}",
            "1 test, 0 passed, 0 warnings, 0 failures, 1 exception",
        ),
        // a rule that says nothing is a success of its own, even where another one says more than it has definitions
        (
            format!("{port}warn contains \"w\" if input.w\n"),
            "{\"ports\": [1, 2, 3]}",
            "4 tests, 1 passed, 0 warnings, 3 failures, 0 exceptions",
        ),
        (
            "default deny := []\ndeny := [\"x\"] if input.x\n".to_owned(),
            "{}",
            "2 tests, 2 passed, 0 warnings, 0 failures, 0 exceptions",
        ),
        (
            "deny contains \"\" if true\n".to_owned(),
            "{}",
            "1 test, 1 passed, 0 warnings, 0 failures, 0 exceptions",
        ),
    ] {
        let dir = files(&[("policy/p.rego", &format!("package main\n\n{policy}")), ("in.json", input)]);
        let run = Run::of(dir.path(), &["test", "in.json"]);
        assert!(run.stdout.contains(&format!("\n{line}\n")), "{policy}: {}{}", run.stdout, run.stderr);
    }
    let dir = files(&[("policy/p.rego", "package main\n\ndeny contains \"\"\n"), ("in.json", "{}")]);
    expect(dir.path(), &["test", "in.json"], 0, &["gave an empty message"], &[]);
    expect(dir.path(), &["test", "--strict-gate", "in.json"], 3, &[], &[]);
}

#[test]
fn keys_without_contains_are_refused_and_versions_are_told() {
    for (name, rule, version) in [
        ("deny", "deny[msg] if { not input.owner; msg := \"x\" }", &[][..]),
        ("warn_old", "warn_old[msg] if { not input.owner; msg := \"x\" }", &["--rego-version", "v1"]),
        ("violation", "violation[{\"msg\": msg}] if { msg := \"x\" }", &[]),
        ("deny", "deny.all if not input.owner", &[]),
    ] {
        let dir = files(&[("policy/p.rego", &format!("package lib\n\n{rule}\n")), ("in.json", "{}")]);
        let says = [
            "policy/p.rego:3",
            "'if' keyword without 'contains' keyword",
            &format!("write `{name} contains msg if"),
        ];
        expect(dir.path(), &[&["test", "in.json"], version].concat(), 1, &says, &["passed"]);
        expect(dir.path(), &[&["verify"], version].concat(), 1, &says, &["passed"]);
        expect(dir.path(), &["test", "--strict-gate", "in.json"], 3, &[], &[]);
    }
    let dir = files(&[
        ("policy/p.rego", "package main\n\ndeny[msg] { msg := input.x }\n"),
        ("in.json", "{\"x\": \"y\"}"),
    ]);
    let at = dir.path();
    expect(at, &["test", "in.json", "--trace"], 1, &["`policy/p.rego` is read as Rego v0", "FAIL"], &[]);
    expect(at, &["test", "in.json", "--rego-version", "v0"], 1, &["FAIL - in.json - main - y"], &[]);
    expect(
        at,
        &["test", "in.json", "--rego-version", "v1"],
        1,
        &["written in Rego v0: give `--rego-version v0`"],
        &["FAIL"],
    );
    std::fs::write(at.join("policy/p.rego"), "package main\n\ndeny contains input.x\n").unwrap();
    expect(at, &["test", "in.json", "--rego-version", "v0"], 1, &["written in Rego v1"], &["FAIL"]);
}

#[test]
fn what_can_not_be_asked_ends_the_run() {
    let dir = files(&[
        (
            "policy/p.rego",
            "package main\n\ndeny contains \"no\" if not http.send({\"method\": \"get\", \"url\": \"http://127.0.0.1:9\", \"raise_error\": false}).status_code == 200\n",
        ),
        (
            "policy/p_test.rego",
            "package main\n\ntest_mocked if count(deny) == 1 with http.send as {\"status_code\": 404}\n",
        ),
        ("in.json", "{}"),
    ]);
    expect(
        dir.path(),
        &["test", "in.json"],
        1,
        &["http.send: not available", "policy/p.rego:3"],
        &["passed"],
    );
    expect(dir.path(), &["test", "--strict-gate", "in.json"], 3, &["http.send"], &["passed"]);
    expect(dir.path(), &["verify"], 0, &["1 test, 1 passed"], &[]);
}

#[test]
fn the_environment_is_there_and_its_credentials_are_not_shown() {
    let policy = "package main\n\nenv := opa.runtime().env\n\ndeny contains sprintf(\"%s %s\", [env.STAGE, env.DEPLOY_TOKEN]) if env.STAGE != \"prod\"\n";
    let dir = files(&[("policy/p.rego", policy), ("in.json", "{}")]);
    let set = [("STAGE", "test"), ("DEPLOY_TOKEN", "kelp-9-harbour")];
    let run = Run::with(dir.path(), &["test", "in.json", "--trace"], &set);
    assert!(run.stdout.contains("FAIL - in.json - main - test (sensitive)"), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("kelp") && !run.stderr.contains("kelp"), "{}", run.stderr);
    assert!(run.stderr.contains("policies look at variables of the environment"), "{}", run.stderr);
    let quiet = files(&[("policy/p.rego", OWNER), ("in.json", "{}")]);
    expect(quiet.path(), &["test", "in.json"], 1, &[], &["environment"]);
}

#[test]
fn what_a_plan_marks_as_sensitive_is_shown_nowhere() {
    let plan = r#"{"resource_changes": [{"address": "aws_db_instance.x", "change": {"after": {"user": "orders", "password": "kelp-9 \"harbour\""},
        "after_sensitive": {"password": true}}}], "output_changes": {"o": {"after": "reef-7-token", "after_sensitive": true}}}"#;
    let policy = r#"package main

after := input.resource_changes[0].change.after

deny contains {"msg": sprintf("%s has %s", [after.user, after.password]), "was": {"deep": [after.password]}} if {
	print("secret", after.password, input.output_changes.o.after)
	after.password != ""
}

warn contains after
"#;
    let dir = files(&[("policy/p.rego", policy), ("plan.json", plan)]);
    for format in ["stdout", "json", "tap", "table", "junit", "github", "sarif", "azuredevops"] {
        let args = ["test", "plan.json", "--trace", "-o", format];
        expect(dir.path(), &args, 1, &["orders", "(sensitive)"], &["kelp", "harbour", "reef-7"]);
    }
    let test = "package main\n\ntest_plan if {\n\tprint(data.fixtures.resource_changes)\n\tcount(deny) == 7 with input as data.fixtures\n}\n";
    let put = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("data/fixtures/plan.json", plan);
    put("policy/main_test.rego", test);
    for report in [&["--trace"][..], &["--report", "full"], &[]] {
        let args = [&["verify", "--data", "data"], report].concat();
        expect(
            dir.path(),
            &args,
            1,
            &["1 failure", "orders"][..usize::from(report.is_empty())],
            &["kelp", "reef-7"],
        );
    }
    expect(dir.path(), &["test", "--combine", "plan.json", "--trace"], 0, &[], &["kelp", "reef-7"]);
    expect(dir.path(), &["parse", "plan.json"], 0, &["orders", "(sensitive)"], &["kelp", "reef-7"]);
    expect(dir.path(), &["parse", "--combine", "plan.json"], 0, &["orders"], &["kelp", "reef-7"]);
}

#[test]
fn data_disagrees_loudly() {
    let policy = "package main\n\ndeny contains \"more\" if input.n > data.most\n";
    let dir = files(&[
        ("policy/p.rego", policy),
        ("d/a.json", "{\"most\": 2}"),
        ("d/b.yaml", "most: 20\n"),
        ("in.json", "{\"n\": 3}"),
    ]);
    let at = dir.path();
    let says = ["`d/a.json` and `d/b.yaml` both give a value for `data.most`"];
    expect(at, &["test", "--data", "d", "in.json"], 1, &says, &["1 test"]);
    expect(at, &["test", "--data", "d/a.json,d/b.yaml", "in.json"], 1, &says, &["1 test"]);
    expect(at, &["verify", "--data", "d"], 1, &says, &[]);
    expect(
        at,
        &["test", "--data", "policy/p.rego", "--data", "d/a.json", "in.json"],
        1,
        &["FAIL", "holds no data"],
        &[],
    );
    expect(
        at,
        &["test", "--policy", "policy", "--policy", "d", "--data", "d/b.yaml", "in.json"],
        0,
        &["`d` holds no policies"],
        &[],
    );
    expect(at, &["test", "--policy", "d", "in.json"], 1, &["`d` holds no policies"], &["tests"]);
}

#[test]
fn policies_read_configuration() {
    let policy = r#"package main

limits := parse_config_file("settings/limits.yaml")

inline := parse_config("toml", "most = 2")

all := parse_combined_config_files(["settings/limits.yaml", "settings/b.json"])

deny contains sprintf("%d %d %v", [limits.most, inline.most, [[e.path, e.contents] | some e in all]])
"#;
    let escape = "package main\n\ndeny contains parse_config_file(input.path).secret\n";
    let dir = files(&[
        ("work/policy/p.rego", policy),
        ("work/policy/settings/limits.yaml", "most: 2\n"),
        ("work/policy/settings/b.json", "[1]"),
        ("work/other/p.rego", escape),
        ("work/in.json", "{\"path\": \"../../outside.json\"}"),
        ("work/none.json", "{\"path\": \"none.json\"}"),
        ("outside.json", "{\"secret\": \"x\"}"),
    ]);
    let at = dir.path().join("work");
    let says = "2 2 [[\"policy/settings/b.json\", 1], [\"policy/settings/limits.yaml\", {\"most\": 2}]]";
    expect(&at, &["test", "in.json"], 1, &[says], &[]);
    expect(
        &at,
        &["test", "-p", "other", "in.json"],
        0,
        &["it is outside of the policies' folders"],
        &["FAIL"],
    );
    expect(&at, &["test", "-p", "other", "--strict-gate", "in.json"], 3, &[], &[]);
    expect(
        &at,
        &["test", "-p", "other", "none.json"],
        0,
        &["open other/none.json: no such file or directory"],
        &[],
    );
    expect(
        &at,
        &["test", "-p", "other", "--show-builtin-errors", "none.json"],
        1,
        &["parse_config_file"],
        &[],
    );
}

#[test]
fn flags_are_taken_as_conftest_takes_them() {
    let dir = files(&[
        (
            "policy/p.rego",
            "package main\n\nwarn contains \"nobody is on call\" if not input.oncall\n\ntest_call if count(warn) == 0 with input as {\"oncall\": 1}\n",
        ),
        ("conftest.toml", "fail-on-warn = true\n"),
        ("ci/other.toml", "no-fail = true\nfail-on-warn = true\n"),
        ("in.json", "{}"),
    ]);
    let at = dir.path();
    for (args, code) in [
        (&["test", "in.json"][..], 1),
        (&["test", "--fail-on-warn=false", "in.json"], 0),
        (&["test", "in.json", "--fail-on-warn=F"], 0),
        (&["test", "--fail-on-warn", "in.json"], 1),
        (&["test", "--fail-on-warn=true", "--no-fail", "in.json"], 0),
        (&["test", "--fail-on-warn", "--fail-on-warn=false", "in.json"], 0),
        (&["test", "--fail-on-warn=maybe", "in.json"], 1),
        (&["-c", "ci/other.toml", "test", "in.json"], 0),
        (&["--config-file=ci/other.toml", "test", "in.json"], 0),
        (&["test", "-c", "ci/other.toml", "in.json"], 0),
        (&["-c", "ci/none.toml", "test", "in.json"], 1),
        (&["-c", "ci/other.toml", "test", "--nonsense"], 1),
        (&["-c", "ci/other.toml", "check"], 2),
        (&["test", "-o", "tap", "-o", "json", "in.json"], 1),
        (&["verify", "policy"], 0),
        (&["verify", "policy", "elsewhere", "--quiet=false"], 0),
    ] {
        let run = Run::of(at, args);
        assert_eq!(run.code, code, "{args:?}: {}{}", run.stdout, run.stderr);
    }
    expect(at, &["verify", "elsewhere"], 0, &["1 test, 1 passed", "`elsewhere` is not read"], &[]);
    expect(at, &["test", "-n", "ma[", "in.json"], 1, &["syntax error in pattern"], &[]);
    let set = [("CONFTEST_FAIL_ON_WARN", "false")];
    assert_eq!(Run::with(at, &["test", "in.json"], &set).code, 0);
    let piped = Run::with_input(at, &["test", "-", "--stdin-filename", "x.toml"], "oncall: yes\n");
    assert_eq!(piped.code, 0, "standard input is YAML, whatever its name: {}", piped.stderr);
}

#[test]
fn nothing_that_is_printed_steers_the_terminal() {
    let policy = "package main\n\ndeny contains \"a\\u001b[2Jb\"\n\nwarn contains {\"msg\": \"x\", \"k\": \"\\u001b]0;y\\u0007\"} if print(\"\\u001b[31m\")\n\nwarn contains 7\n";
    let dir = files(&[("policy/p.rego", policy), ("in.json", "{}"), ("odd\u{1b}[1m.json", "{")]);
    for format in ["stdout", "tap", "table", "junit", "github", "azuredevops"] {
        expect(dir.path(), &["test", "--trace", "in.json", "-o", format], 1, &["\\u001b[2J"], &["\u{1b}"]);
    }
    expect(dir.path(), &["test", "odd\u{1b}[1m.json"], 1, &["odd\\u001b[1m.json"], &["\u{1b}"]);
}
