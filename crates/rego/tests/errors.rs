//! What is wrong with policies, in OPA's codes and words: each case is a policy and its errors, place and all.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

use trueline_rego::{CompileOptions, PolicyFile, Version, compile};

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
    are("x := count()", &["2:6 rego_type_error count: arity mismatch: takes 1, got 0"]);
    are("x := data.q.f(1)", &["2:6 rego_type_error undefined function data.q.f"]);
}

#[test]
fn conflicts_and_recursion() {
    are("x := 1\nx contains 2", &["3:1 rego_type_error conflicting rules data.p.x found"]);
    are("default x := 1\ndefault x := 2", &["3:1 rego_type_error multiple default rules data.p.x found"]);
    are(
        "x if y\ny if x",
        &["2:1 rego_recursion_error rule data.p.x is recursive: data.p.x -> data.p.y -> data.p.x"],
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
