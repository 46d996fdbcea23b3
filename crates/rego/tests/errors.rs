//! What is wrong with policies, in OPA's codes and words: each case is a policy and its errors, place and all.
//!
//! `cases/errors.txt` has most of them. A case begins with `=== ` and what it is about; `strict` and `v0` in front of a
//! colon say how it is compiled. Then come the policy, without its package `p`; further files, each behind `--- ` and its
//! name; and behind `--- wrong` the errors when it is compiled, or the one when it is evaluated with strict errors.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

use trueline_rego::{CompileOptions, Limits, PolicyFile, Value, Version, compile};

const CASES: &str = include_str!("cases/errors.txt");

/// Returns the errors of a case, as they are written in the file.
fn wrong(title: &str, text: &str) -> String {
    let flags = title.split_once(':').map_or("", |(flags, _)| flags);
    let version = if flags.contains("v0") { Version::V0 } else { Version::V1 };
    let mut texts = text.split("\n--- ");
    let first = texts.next().expect("a policy");
    let mut files = vec![PolicyFile::new("p.rego", format!("package p\n\n{first}\n"))];
    for other in texts {
        let (name, text) = other.split_once('\n').expect("a name and a policy");
        files.push(PolicyFile::new(name, text));
    }
    for file in &mut files {
        file.version = Some(version);
    }
    let place = |path: &str, line: usize, column: usize| match path {
        "p.rego" => format!("{line}:{column}"),
        other => format!("{other}:{line}:{column}"),
    };
    let options = CompileOptions { strict: flags.contains("strict"), ..CompileOptions::default() };
    match compile(&files, &options) {
        Err(wrong) => {
            let shown = wrong.iter().map(|wrong| {
                let at = place(&wrong.path, wrong.line, wrong.column);
                let details = wrong.details.iter().map(|detail| format!("\n\t{detail}"));
                format!("{at} {}: {}{}", wrong.code, wrong.message, details.collect::<String>())
            });
            shown.collect::<Vec<_>>().join("\n")
        }
        Ok(compiled) => {
            let mut session = compiled.session(Value::empty_object(), Limits::default());
            session.set_strict_errors(true);
            match session.rule("data") {
                Ok(_) => "nothing".to_string(),
                Err(error) => {
                    let at = place(&error.path, error.line, error.column);
                    format!("{at} {}: {}", error.code, error.message)
                }
            }
        }
    }
}

/// Splits the file into titles, policies and errors.
fn cases() -> Vec<(&'static str, &'static str, &'static str)> {
    let blocks = CASES.split("\n=== ").skip(1);
    blocks
        .map(|block| {
            let (title, rest) = block.split_once('\n').expect("a title");
            let (policy, wrong) = rest.split_once("\n--- wrong\n").expect("errors");
            (title, policy, wrong.trim_end())
        })
        .collect()
}

#[test]
fn policies_are_wrong_as_they_should_be() {
    let cases = cases();
    assert!(cases.len() > 100, "only {} cases", cases.len());
    let differ: Vec<String> = cases
        .iter()
        .filter_map(|(title, policy, wanted)| {
            let got = wrong(title, policy);
            (got != *wanted).then(|| format!("{title}\n  wanted {wanted}\n  got    {got}"))
        })
        .collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    // What ends at a limit, `eval_cancel_error`, is asked by `hostile.rs`.
    for code in [
        "rego_parse_error",
        "rego_compile_error",
        "rego_type_error",
        "rego_unsafe_var_error",
        "rego_recursion_error",
        "eval_conflict_error",
        "eval_type_error",
        "eval_builtin_error",
    ] {
        let found = cases().iter().filter(|(_, _, wrong)| wrong.contains(&format!(" {code}: "))).count();
        assert!(found >= 3, "{code}: {found} cases");
    }
}

/// Returns `line:column code message` of every error.
fn errors(text: &str, strict: bool, version: Version) -> Vec<String> {
    let mut file = PolicyFile::new("p.rego", format!("package p\n{text}"));
    file.version = Some(version);
    match compile(&[file], &CompileOptions { strict, ..CompileOptions::default() }) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong
            .iter()
            .map(|wrong| format!("{}:{} {} {}", wrong.line, wrong.column, wrong.code, wrong.message))
            .collect(),
    }
}

fn are(text: &str, wanted: &[&str]) {
    assert_eq!(errors(text, false, Version::V1), wanted, "{text}");
}

fn are_strict(text: &str, wanted: &[&str]) {
    assert_eq!(errors(text, true, Version::V1), wanted, "{text}");
    assert!(errors(text, false, Version::V1).is_empty(), "{text}");
}

#[test]
fn parse_errors() {
    are("x := [1,", &["2:9 rego_parse_error unexpected eof token"]);
    are("x = 1 { true }", &["2:1 rego_parse_error `if` keyword is required before rule body"]);
    are("x[y] { y := 1 }", &["2:1 rego_parse_error `if` keyword is required before rule body"]);
    are(
        "x if not some y in [1]",
        &["2:10 rego_parse_error unexpected some keyword: illegal negation of 'some'"],
    );
    are("x := 01", &["2:6 rego_parse_error unexpected number token: expected number without leading zero"]);
}

#[test]
fn all_errors_come_at_once() {
    are(
        "x if y > 1\nz := nope(1)\nw if v == 1",
        &[
            "2:6 rego_unsafe_var_error var y is unsafe",
            "3:6 rego_type_error undefined function nope",
            "4:6 rego_unsafe_var_error var v is unsafe",
        ],
    );
}

#[test]
fn unsafe_variables() {
    are("x if not y", &["2:10 rego_unsafe_var_error var y is unsafe"]);
    are("x contains y if true", &["2:12 rego_unsafe_var_error var y is unsafe"]);
    are("x := y if true", &["2:6 rego_unsafe_var_error var y is unsafe"]);
    are("f(a) := b if a", &["2:9 rego_unsafe_var_error var b is unsafe"]);
    are("x if every y in z { y }", &["2:17 rego_unsafe_var_error var z is unsafe"]);
}

#[test]
fn functions() {
    are(
        "x := f(1)\nf(a, b) := a + b",
        &["2:6 rego_type_error function data.p.f has arity 2, got 1 argument"],
    );
    are("x := count()", &["2:6 rego_type_error count: arity mismatch"]);
    are("x := data.q.f(1)", &["2:6 rego_type_error undefined function data.q.f"]);
}

#[test]
fn conflicts_and_recursion() {
    are("x := 1\nx contains 2", &["2:1 rego_type_error conflicting rules data.p.x found"]);
    are(
        "default x := 1\ndefault x := 2",
        &["1:1 rego_type_error multiple default rules data.p.x found at p.rego:2, p.rego:3"],
    );
    are(
        "x if y\ny if x",
        &[
            "2:1 rego_recursion_error rule data.p.x is recursive: data.p.x -> data.p.y -> data.p.x",
            "3:1 rego_recursion_error rule data.p.y is recursive: data.p.y -> data.p.x -> data.p.y",
        ],
    );
    are("f(a) := f(a)", &["2:1 rego_recursion_error rule data.p.f is recursive: data.p.f -> data.p.f"]);
}

#[test]
fn assignments() {
    are("x if { y := 1; y := 2; y }", &["2:16 rego_compile_error var y assigned above"]);
    are("x if { y > 1; y := 2 }", &["2:15 rego_compile_error var y referenced above"]);
    are("x if { some y; some y in [1] }", &["2:21 rego_compile_error var y declared above"]);
    are("f(a) if { a := 1 }", &["2:11 rego_compile_error arg a redeclared"]);
    are(
        "f(input) := 1",
        &["2:1 rego_compile_error args must not shadow input (use a different variable name)"],
    );
}

#[test]
fn strict_mode() {
    are_strict("x if { y := 1 }", &["2:8 rego_compile_error assigned var y unused"]);
    are_strict("import data.a.b\nx := 1", &["2:1 rego_compile_error import data.a.b unused"]);
    are_strict(
        "f(a) := 1",
        &["2:3 rego_compile_error unused argument a. (hint: use _ (wildcard variable) instead)"],
    );
}

#[test]
fn deprecated_builtins() {
    let call = "x { any([true]) }";
    assert!(errors(call, false, Version::V0).is_empty());
    assert_eq!(
        errors(call, true, Version::V0),
        ["2:5 rego_type_error deprecated built-in function calls in expression: any"]
    );
}

#[test]
fn annotations() {
    are("# METADATA\n# title: [1]\nx := 1", &["2:1 rego_parse_error invalid title: must be a string"]);
    are("# METADATA\n# nope: 1\nx := 1", &["2:1 rego_parse_error unknown METADATA field 'nope'"]);
    are(
        "# METADATA\n# scope: package\nx := 1",
        &["2:1 rego_parse_error annotation scope 'package' must be applied to package"],
    );
}

#[test]
fn errors_are_written_as_opa_writes_them() {
    let file = PolicyFile::new("p.rego", "package p\nx if {\n\ty > 1\n}");
    let wrong = compile(&[file], &CompileOptions::default()).map(|_| ()).expect_err("unsafe");
    let shown: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["p.rego:3: rego_unsafe_var_error: var y is unsafe\n\ty > 1\n\t^"]);
}
