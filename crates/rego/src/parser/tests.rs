use super::*;
use crate::syntax::{ExprKind, TermKind};

fn errors(text: &str, version: Version) -> Vec<String> {
    match parse_module(text, version, &mut Names::shared()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.into_iter().map(|error| error.message).collect(),
    }
}

#[test]
fn both_versions_read_their_own_syntax() {
    assert!(
        errors("package p\ndeny[msg] { msg := \"x\" }\nx = 1 { true } { false }", Version::V0).is_empty()
    );
    assert!(
        errors(
            "package p\ndeny contains msg if { msg := \"x\" }\np.q[r].s := 1 if some r in [1]",
            Version::V1
        )
        .is_empty()
    );
    let wrong = errors("package p\ndeny[msg] { msg := \"x\" }", Version::V1);
    assert_eq!(wrong, ["`if` keyword is required before rule body"]);
}

#[test]
fn all_errors_are_reported_at_once() {
    let wrong = errors("package p\na := [1,\nb := 2\nc := }\nd := 1", Version::V1);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

#[test]
fn a_comprehension_may_be_the_first_value_of_an_object() {
    for text in [
        "package p\nx := {\"a\": {y | some y in [1]}}",
        "package p\nx := {\"a\": {y | some y in [1]} | {2}, \"b\": [y | y := 1]}",
        "package p\nx := {\"a\": {\"b\": [y | y := 1]}}\nz := [{y | y := 1} | {2}, 3]",
        "package p\nf := 1 if {{\"a\": {y | y := 1} | {2}, \"b\": 1} == 1}",
    ] {
        assert_eq!(errors(text, Version::V1), [] as [String; 0], "{text}");
    }
}

#[test]
fn a_bar_makes_a_comprehension_where_it_can() {
    let body = parse_query("x = [a | b]; y = [a | b, c]; z = {k: v | w[k] = v}", Version::V1).unwrap();
    let kinds: Vec<bool> = body
        .iter()
        .map(|expr| match &expr.kind {
            ExprKind::Unify(_, right) => {
                matches!(right.kind, TermKind::ArrayComprehension(..) | TermKind::ObjectComprehension(..))
            }
            _ => false,
        })
        .collect();
    assert_eq!(kinds, [true, false, true]);
}

#[test]
fn nesting_is_limited_and_cheap() {
    for (open, close) in
        [("[", "]"), ("{", "}"), ("(", ")"), ("{1:", "}"), ("[x|", "]"), ("f(", ")"), ("{[", "]}")]
    {
        let deep = format!("package p\nx := {}1{}", open.repeat(100_000), close.repeat(100_000));
        let wrong = errors(&deep, Version::V1);
        assert!(
            wrong.iter().any(|message| message.starts_with("max recursion depth")),
            "{open}: {:?}",
            wrong.first()
        );
    }
    let fine = format!("package p\nx := {}1{}", "[".repeat(200), "]".repeat(200));
    assert!(errors(&fine, Version::V1).is_empty());
    let chain = |length| format!("package p\nx := 1{}", " - 1".repeat(length));
    assert!(errors(&chain(300), Version::V1).is_empty());
    assert_eq!(errors(&chain(10_000), Version::V1).len(), 1);
}

#[test]
fn templates_are_cut_into_parts() {
    let body = parse_query(r#"x = $"a\{{b}c{$"{d}"}""#, Version::V1).unwrap();
    let ExprKind::Unify(_, template) = &body[0].kind else { panic!("no unification") };
    let TermKind::Template(parts) = &template.kind else { panic!("no template") };
    assert_eq!(parts.len(), 4);
}
