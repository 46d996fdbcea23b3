use super::*;

fn codes(files: &[&str]) -> Vec<(String, String)> {
    let files: Vec<PolicyFile> =
        files.iter().enumerate().map(|(at, text)| PolicyFile::new(format!("{at}.rego"), *text)).collect();
    match compile(&files, &CompileOptions::default()) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.into_iter().map(|wrong| (wrong.code, wrong.message)).collect(),
    }
}

fn error(text: &str) -> (String, String) {
    codes(&[text]).into_iter().next().unwrap_or_default()
}

#[test]
fn unsafe_variables_are_named() {
    let (code, message) = error("package p\nx if y > 1");
    assert_eq!((code.as_str(), message.as_str()), ("rego_unsafe_var_error", "var y is unsafe"));
    assert_eq!(error("package p\nx if not input[_]").1, "var _ is unsafe");
    assert_eq!(error("package p\nx[y] := 1 if true").1, "var y is unsafe");
    assert_eq!(error("package p\nx := [y | z := 1]").1, "var y is unsafe");
    assert_eq!(codes(&["package p\nx if { y = [z, 1]; z = w[0]; w = input.a }"]), []);
}

#[test]
fn calls_of_what_does_not_exist_are_errors() {
    let (code, message) = error("package p\nx if nope(1)");
    assert_eq!((code.as_str(), message.as_str()), ("rego_type_error", "undefined function nope"));
    assert_eq!(error("package p\nimport data.q\nx if q.nope(1)").1, "undefined function data.q.nope");
    assert_eq!(
        error("package p\nf(x) := x\ny := f(1, 2, 3)").1,
        "function data.p.f has arity 1, got 3 arguments"
    );
}

#[test]
fn recursion_is_found_through_rules_and_functions() {
    for text in [
        "package p\nf(x) := f(x + 1)\ny := f(1)",
        "package p\na if b\nb if c\nc if a",
        "package p\na := [x | x := data.p[_]]",
        "package p\na contains x if { some x in data[y][z]; y; z }",
    ] {
        assert_eq!(error(text).0, "rego_recursion_error", "{text}");
    }
    assert!(error("package p\na if b\nb if a").1.contains("is recursive: data.p."));
}

#[test]
fn conflicts_are_found_over_files() {
    assert_eq!(error("package p\na := 1\na contains 2").1, "conflicting rules data.p.a found");
    assert_eq!(
        error("package p\ndefault a := 1\ndefault a := 2").1,
        "multiple default rules data.p.a found at 0.rego:2, 0.rego:3"
    );
    let wrong = codes(&["package p\nq := 1", "package p.q\nr := 1"]);
    assert!(
        wrong.iter().any(|(_, message)| message.contains("package p.q conflicts with rule q")),
        "{wrong:?}"
    );
}

#[test]
fn redeclarations_are_errors() {
    assert_eq!(error("package p\nx if { y := 1; y := 2 }").1, "var y assigned above");
    assert_eq!(error("package p\nx if { y > 1; y := 2 }").1, "var y referenced above");
    assert_eq!(error("package p\nf(y) if { y := 2 }").1, "arg y redeclared");
}
