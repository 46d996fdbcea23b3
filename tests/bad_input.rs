//! Bad input gets a clear error or an `unknown` with its reason, exit code 2 where the job could not be done in full, and
//! everything else is checked all the same. Never a panic, never an abort.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::disallowed_methods)] // the program is run from outside

mod program;

use std::path::Path;

use program::Run;
use tempfile::TempDir;

/// A resource that always has findings: what else is checked must still be found.
const BROKEN_QUEUE: &str = "resource \"aws_sqs_queue\" \"q\" {\n  sqs_managed_sse_enabled = false\n}\n";

fn files(all: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in all {
        write(dir.path(), path, text.as_bytes());
    }
    dir
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Runs `check`, asserts the exit code, and that output or error holds every one of `words`.
#[track_caller]
fn check(dir: &Path, code: i32, words: &[&str]) -> Run {
    run(dir, &["check"], code, words)
}

#[track_caller]
fn run(dir: &Path, args: &[&str], code: i32, words: &[&str]) -> Run {
    let run = Run::of(dir, args);
    let all = format!("{}{}", run.stdout, run.stderr);
    for w in words {
        assert!(all.contains(w), "`{w}` is not in:\n{all}");
    }
    assert!(!all.contains("mistake in Trueline"), "a panic:\n{all}");
    assert_eq!(run.code, code, "{all}");
    run
}

#[test]
fn a_syntax_error_is_shown_and_the_rest_is_checked() {
    let dir =
        files(&[("a/main.tf", "resource \"aws_sqs_queue\" {\n  x = = 1\n"), ("b/main.tf", BROKEN_QUEUE)]);
    check(dir.path(), 2, &["--> a/main.tf:", "aws_sqs_queue.q", "3 errors"]);
}

#[test]
fn errors_in_the_code_end_a_fix_with_1_and_what_stops_it_with_2() {
    let broken = "resource \"aws_kms_key\" \"k\" {\n  description = = 1\n}\n";
    let dir = files(&[("main.tf", &format!("{broken}{BROKEN_QUEUE}"))]);
    run(dir.path(), &["fix"], 1, &["1 fixed", "expected an expression"]);
    run(dir.path(), &["check"], 2, &["expected an expression"]);
    let nothing = files(&[("main.tf", "Here is what you asked for.\n")]);
    run(nothing.path(), &["fix"], 2, &["error: "]);
    let policy =
        files(&[("main.tf", BROKEN_QUEUE), ("policy/a.rego", "package main\n\ndeny contains msg if {\n")]);
    run(policy.path(), &["fix"], 2, &["1 fixed", "policy/a.rego"]);
}

#[test]
fn a_missing_module_directory_is_named() {
    let dir =
        files(&[("main.tf", &format!("module \"x\" {{\n  source = \"./nowhere\"\n}}\n{BROKEN_QUEUE}"))]);
    check(dir.path(), 2, &["nowhere", "--> main.tf:2", "aws_sqs_queue.q"]);
}

#[test]
fn circles_of_locals_and_of_modules_are_named() {
    let locals =
        files(&[("main.tf", &format!("locals {{\n  a = local.b\n  b = local.a\n}}\n{BROKEN_QUEUE}"))]);
    check(locals.path(), 2, &["local.a", "local.b", "aws_sqs_queue.q"]);
    let modules = files(&[
        ("a/main.tf", &format!("module \"b\" {{\n  source = \"../b\"\n}}\n{BROKEN_QUEUE}")),
        ("b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n"),
    ]);
    check(modules.path(), 2, &["aws_sqs_queue.q", "module"]);
}

#[test]
fn an_unknown_function_is_named() {
    let dir = files(&[("main.tf", &format!("locals {{\n  a = frobnicate(1)\n}}\n{BROKEN_QUEUE}"))]);
    check(dir.path(), 2, &["frobnicate", "aws_sqs_queue.q"]);
}

#[test]
fn a_count_on_something_unknown_is_checked_as_one_placeholder() {
    let source = "variable \"n\" {}\nresource \"aws_sqs_queue\" \"q\" {\n  count = var.n\n  sqs_managed_sse_enabled = false\n}\n";
    let dir = files(&[("main.tf", source)]);
    check(dir.path(), 1, &["aws_sqs_queue.q"]);
}

#[test]
fn a_file_of_50_megabytes_is_refused() {
    let dir = files(&[("a/main.tf", BROKEN_QUEUE)]);
    write(dir.path(), "b/main.tf", &vec![b'#'; 50 << 20]);
    check(dir.path(), 2, &["b/main.tf", "aws_sqs_queue.q"]);
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in
        [("[", "]"), ("(", ")"), ("{ a = ", "}"), ("!", ""), ("-", ""), ("\"${", "}\""), ("f(", ")")]
    {
        let n = 100_000;
        let text = format!("locals {{\n  a = {}1{}\n}}\n", open.repeat(n), close.repeat(n));
        let dir = files(&[("a/main.tf", &text), ("b/main.tf", BROKEN_QUEUE)]);
        check(dir.path(), 2, &["a/main.tf", "aws_sqs_queue.q"]);
    }
    let blocks = format!("{}{}", "a {\n".repeat(50_000), "}\n".repeat(50_000));
    let dir = files(&[("a/main.tf", &blocks), ("b/main.tf", BROKEN_QUEUE)]);
    check(dir.path(), 2, &["a/main.tf", "aws_sqs_queue.q"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_do_no_harm() {
    let dir = files(&[("a/main.tf", BROKEN_QUEUE)]);
    std::os::unix::fs::symlink(dir.path().join("a"), dir.path().join("a/again")).unwrap();
    check(dir.path(), 1, &["aws_sqs_queue.q", "1 module"]);
    std::os::unix::fs::symlink("self.tf", dir.path().join("a/self.tf")).unwrap();
    check(dir.path(), 2, &["self.tf", "aws_sqs_queue.q"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_utf_8_is_named() {
    use std::os::unix::ffi::OsStrExt;
    let dir = files(&[("a/main.tf", BROKEN_QUEUE)]);
    write(dir.path(), "b/main.tf", b"# \xff\xfe\n");
    check(dir.path(), 2, &["b/main.tf", "UTF-8", "aws_sqs_queue.q"]);
    let name = std::ffi::OsStr::from_bytes(b"\xff.tf");
    let named = files(&[("a/main.tf", BROKEN_QUEUE)]);
    if std::fs::write(named.path().join("a").join(name), BROKEN_QUEUE).is_ok() {
        check(named.path(), 2, &["UTF-8", "aws_sqs_queue.q"]);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let dir = files(&[("a/main.tf", BROKEN_QUEUE)]);
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("a/pipe.tf")).status().unwrap();
    assert!(made.success());
    check(dir.path(), 2, &["pipe.tf", "aws_sqs_queue.q"]);
}

#[test]
fn a_broken_policy_is_named_and_the_pack_still_runs() {
    let dir =
        files(&[("main.tf", BROKEN_QUEUE), ("policy/a.rego", "package main\n\ndeny contains msg if {\n")]);
    check(dir.path(), 2, &["policy/a.rego", "aws_sqs_queue.q"]);
    write(dir.path(), "plan.json", b"{}");
    run(dir.path(), &["test", "plan.json"], 1, &["policy/a.rego"]);
}

#[test]
fn an_undefined_function_in_a_policy_is_named() {
    let policy = "package main\n\nimport rego.v1\n\ndeny contains msg if {\n\tmsg := frobnicate(input)\n}\n";
    let dir = files(&[("main.tf", BROKEN_QUEUE), ("policy/a.rego", policy), ("plan.json", "{}")]);
    check(dir.path(), 2, &["policy/a.rego", "frobnicate", "aws_sqs_queue.q"]);
    run(dir.path(), &["test", "plan.json"], 1, &["frobnicate"]);
}

#[test]
fn a_policy_that_recurses_or_loops_ends() {
    let recursive = "package main\n\nimport rego.v1\n\nf(x) := f(x)\n\ndeny contains \"no\" if f(1)\n";
    let dir = files(&[("main.tf", BROKEN_QUEUE), ("policy/a.rego", recursive), ("plan.json", "{}")]);
    check(dir.path(), 2, &["policy/a.rego", "recursi", "aws_sqs_queue.q"]);
    run(dir.path(), &["test", "plan.json"], 1, &["recursi"]);
}

#[test]
fn a_policy_that_goes_on_and_on_is_stopped() {
    let each = |v: &str| format!("\tsome {v} in numbers.range(1, 20000)\n");
    let loops = [each("i"), each("j"), each("k")].concat();
    let long =
        format!("package main\n\nimport rego.v1\n\ndeny contains \"no\" if {{\n{loops}\ti + j + k < 0\n}}\n");
    let dir = files(&[("main.tf", BROKEN_QUEUE), ("policy/a.rego", &long), ("plan.json", "{}")]);
    run(dir.path(), &["check", "--policy-timeout", "1"], 2, &["data.main.deny", "aws_sqs_queue.q"]);
    run(dir.path(), &["test", "plan.json", "--policy-timeout", "1"], 1, &["data.main.deny"]);
}

#[test]
fn a_wrong_key_names_the_nearest_right_one() {
    let dir = files(&[("main.tf", BROKEN_QUEUE), ("trueline.toml", "profil = \"strict\"\n")]);
    check(dir.path(), 2, &["trueline.toml:1:1", "profil", "did you mean `profile`?"]);
    let ok = files(&[("main.tf", BROKEN_QUEUE), ("other.toml", "fail-on = \"critical\"\n")]);
    run(ok.path(), &["check", "--config", "other.toml"], 0, &["aws_sqs_queue.q"]);
    run(ok.path(), &["check", "--config", "none.toml"], 2, &["none.toml"]);
}

#[test]
fn a_plan_that_is_not_understood_is_named_and_the_rest_is_checked() {
    let newer = r#"{"format_version":"2.0","terraform_version":"9.9.9","resource_changes":[]}"#;
    let dir = files(&[
        ("main.tf", BROKEN_QUEUE),
        ("newer.json", newer),
        ("torn.json", "{\"format_version\""),
        ("list.json", "[]"),
    ]);
    run(dir.path(), &["check", ".", "newer.json"], 2, &["newer.json", "2.0", "aws_sqs_queue.q"]);
    run(dir.path(), &["check", ".", "torn.json"], 2, &["torn.json", "aws_sqs_queue.q"]);
    run(dir.path(), &["check", ".", "list.json"], 2, &["list.json", "aws_sqs_queue.q"]);
    write(dir.path(), "deep.json", "[".repeat(1_000_000).as_bytes());
    run(dir.path(), &["check", ".", "deep.json"], 2, &["deep.json", "aws_sqs_queue.q"]);
}

#[test]
fn paths_without_terraform_are_no_silent_pass() {
    let dir = files(&[("docs/readme.md", "")]);
    check(dir.path(), 2, &["no Terraform files"]);
    run(dir.path(), &["check", "nowhere"], 2, &["nowhere"]);
    run(dir.path(), &["fix"], 2, &["no Terraform files"]);
    run(dir.path(), &["plan"], 2, &["no Terraform files"]);
}

#[test]
fn flags_that_are_not_understood_are_explained() {
    let dir = files(&[("main.tf", BROKEN_QUEUE)]);
    run(dir.path(), &["check", "--fail-on", "hgih"], 2, &["hgih", "high"]);
    run(dir.path(), &["chekc"], 2, &["check"]);
    run(dir.path(), &["check", "--var", "x"], 2, &["NAME=VALUE"]);
    run(
        dir.path(),
        &["fix", "--rule", "aws/s3/unencryptd-bucket"],
        2,
        &["did you mean `aws/s3/unencrypted-bucket`?"],
    );
    run(dir.path(), &["check", "--base", "no-such-branch"], 1, &["aws_sqs_queue.q"]);
}

#[test]
fn a_policy_folder_of_the_settings_that_is_not_there_is_told_and_the_rest_is_checked() {
    let dir = files(&[("trueline.toml", "policy = [\"nowhere\"]\n"), ("main.tf", BROKEN_QUEUE)]);
    check(dir.path(), 1, &["names `nowhere`, which is not there", "aws_sqs_queue.q"]);
}
