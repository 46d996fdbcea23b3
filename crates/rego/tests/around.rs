//! What a program that runs policies can find out and hand in: versions, prints with places, the runtime, builtins that know who
//! calls, rules that are keyed by mistake.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // a test may fail

use trueline_rego::{
    CompileOptions, Compiled, CustomBuiltin, Limits, PolicyFile, Session, Value, Version, compile,
};

fn file(path: &str, version: Option<Version>, text: &str) -> PolicyFile {
    PolicyFile { version, ..PolicyFile::new(path, text) }
}

fn compiled(version: Option<Version>, text: &str) -> Compiled {
    let all = compile(&[file("p.rego", version, text)], &CompileOptions::default());
    all.unwrap_or_else(|wrong| panic!("{text}\n{}", wrong[0]))
}

fn session(compiled: &Compiled) -> Session {
    compiled.session(Value::empty_object(), Limits::default())
}

fn value(version: Option<Version>, text: &str) -> String {
    let session = session(&compiled(version, text));
    session.rule("data.p.x").unwrap().map_or_else(|| "undefined".to_owned(), |value| value.to_string())
}

#[test]
fn variables_hide_input_and_data_in_the_old_language_only() {
    let old = Some(Version::V0);
    for (text, wanted) in [
        ("x = y { input := [1, 2]; y := input[1] }", "2"),
        ("x = y { input := {\"a\": {\"b\": 3}}; y := input.a.b }", "3"),
        ("f(input) = y { y := input.k }\nx = y { y := f({\"k\": 4}) }", "4"),
        ("f(data) { data == 1 }\nx { f(1) }", "true"),
        ("f(input, data) = y { y := input + data }\nx = y { y := f(1, 2) }", "3"),
        ("f([input, 1]) = input\nx = y { y := f([5, 1]) }", "5"),
        ("x = y { data := 6; y := [data | data > 5] }", "[6]"),
        ("x = y { y := [input | input := [1, 2][_]] }", "[1, 2]"),
        ("x { input := 1; not input == 2 }", "true"),
    ] {
        let text = format!("package p\n{text}");
        assert_eq!(value(old, &text), wanted, "{text}");
        // Where the version is to be found out, too.
        assert_eq!(value(None, &text), wanted, "{text}");
        let strict = CompileOptions { strict: true, ..CompileOptions::default() };
        let wrong = compile(&[file("p.rego", old, &text)], &strict).err();
        let wrong = wrong.unwrap_or_else(|| panic!("strict mode takes {text}"));
        assert!(wrong.iter().any(|wrong| wrong.message.contains("must not shadow")), "{text}: {}", wrong[0]);
    }
    for text in ["x if { input := 1 }", "f(input) if input == 1\nx if f(1)", "x if { data := 1 }"] {
        let text = format!("package p\n{text}");
        for version in [None, Some(Version::V1)] {
            let wrong = compile(&[file("p.rego", version, &text)], &CompileOptions::default()).err();
            assert!(wrong.is_some_and(|wrong| wrong[0].message.contains("must not shadow")), "{text}");
        }
    }
}

#[test]
fn what_only_the_old_language_can_be_is_read_as_such() {
    let imports = "package p\nimport future.keywords.if\nimport future.keywords.contains\n";
    let version = |text: &str| compiled(None, text).versions().map(|(_, v)| v).collect::<Vec<_>>();
    assert_eq!(version(&format!("{imports}x contains 1 if any([true])")), [Version::V0]);
    assert_eq!(version(&format!("{imports}x contains 1 if re_match(\"a\", \"a\")")), [Version::V0]);
    assert_eq!(version(&format!("{imports}x if {{ input := 1; input == 1 }}")), [Version::V0]);
    assert_eq!(version(&format!("{imports}x contains 1 if 1 == 1")), [Version::V1]);
    assert_eq!(version("package p\nx[1] { true }"), [Version::V0]);
    for still_wrong in [
        "package p\nimport rego.v1\nx contains 1 if any([true])",
        "package p\nx contains 1 if any([true])",
        &format!("{imports}x contains 1 if no.such([true])"),
    ] {
        assert!(compile(&[PolicyFile::new("p.rego", still_wrong)], &CompileOptions::default()).is_err());
    }
    let asked = file("p.rego", Some(Version::V1), &format!("{imports}x contains 1 if any([true])"));
    assert!(compile(&[asked], &CompileOptions::default()).is_err(), "the version that is asked for counts");
}

#[test]
fn a_print_tells_its_place_and_a_trace_is_no_print() {
    let text =
        "package p\n\nx if {\n\tprint(\"one\", input.a)\n\ttrace(\"aside\")\n\tf(2)\n}\n\nf(n) if print(n)\n";
    let session = session(&compiled(None, text));
    session.rule("data.p.x").unwrap();
    let said: Vec<String> =
        session.take_prints().iter().map(|p| format!("{}:{}: {}", p.path, p.line, p.text)).collect();
    assert_eq!(said, ["p.rego:4: one <undefined>", "p.rego:9: 2"]);
}

#[test]
fn the_runtime_is_what_the_caller_says() {
    let policy = compiled(None, "package p\nx := opa.runtime().env.HOME\ny := 1");
    let mut session = session(&policy);
    assert_eq!(session.rule("data.p.x").unwrap(), None);
    session.set_runtime(Value::parse_json(r#"{"env": {"HOME": "/home/me"}}"#).unwrap());
    session.rule("data.p.y").unwrap();
    assert!(!session.has_asked_for_runtime());
    assert_eq!(session.rule("data.p.x").unwrap(), Some(Value::from("/home/me")));
    assert!(session.has_asked_for_runtime());
}

#[test]
fn a_placed_builtin_is_told_who_calls() {
    let here = CustomBuiltin::placed("here", 1, |path, args| {
        Ok(args.first().map(|suffix| Value::from(format!("{path}{}", suffix.to_key()))))
    });
    let options = CompileOptions { builtins: vec![here], ..CompileOptions::default() };
    let files = [
        PolicyFile::new("a/one.rego", "package p\nx := [here(\"!\"), data.q.x, f(1)]\nf(_) := here(\"!\")"),
        PolicyFile::new("b/two.rego", "package q\nx := here(\"!\")"),
    ];
    let session = session(&compile(&files, &options).unwrap_or_else(|wrong| panic!("{}", wrong[0])));
    let found = session.rule("data.p.x").unwrap().unwrap();
    assert_eq!(found.to_string(), r#"["a/one.rego!", "b/two.rego!", "a/one.rego!"]"#);
}

#[test]
fn keyed_rules_are_told_with_their_places() {
    let rule = |version, text: &str| {
        let policy = compiled(version, &format!("package p\n{text}"));
        let rule = policy.packages()[0].rules.iter().find(|rule| rule.name.starts_with("deny")).cloned();
        rule.map(|rule| (rule.definitions, rule.keyed.iter().map(|(_, line)| *line).collect::<Vec<_>>()))
            .unwrap()
    };
    assert_eq!(rule(None, "deny[m] if { m := 1 }\ndeny[m] if { m := 2 }"), (2, vec![2, 3]));
    assert_eq!(rule(None, "deny[m] := true if m := 1"), (1, vec![2]));
    assert_eq!(rule(None, "deny.a if 1 == 1"), (1, vec![2]));
    assert_eq!(rule(None, "deny[m] := 7 if m := 1"), (1, vec![]));
    assert_eq!(rule(None, "deny contains m if m := 1"), (1, vec![]));
    assert_eq!(rule(None, "deny if 1 == 1"), (1, vec![]));
    assert_eq!(rule(None, "default deny := []\ndeny := [1] if input.x\nelse := [2] if input.y"), (2, vec![]));
    assert_eq!(rule(None, "deny[m] { m := 1 } { m := 2 }"), (2, vec![]));
    assert_eq!(rule(Some(Version::V0), "import future.keywords.if\ndeny[m] if { m := 1 }"), (1, vec![3]));
}
