//! What a verdict rests on, and what unknown values leave open.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

use trueline_rego::{CompileOptions, Limits, PolicyFile, Route, Session, Value, compile};

fn session(policy: &str, input: &str) -> Session {
    let files = [PolicyFile::new("p.rego", format!("package p\n{policy}"))];
    let compiled = compile(&files, &CompileOptions::default()).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_input(Value::parse_json(input).expect("JSON"));
    session
}

/// Reads `input.a.0.b` as a route.
fn route(text: &str) -> Route {
    text.split('.').map(|step| step.parse::<i64>().map_or_else(|_| Value::from(step), Value::from)).collect()
}

/// Says what is certain of `data.p.x`, and which routes leave it open.
fn verdict(policy: &str, input: &str, unknown: &[&str]) -> (Option<String>, Vec<String>) {
    let unknown: Vec<Route> = unknown.iter().map(|text| route(text)).collect();
    let verdict = session(policy, input).verdict("data.p.x", &unknown).expect("a verdict");
    let shown = |route: &Route| route.iter().map(Value::to_key).collect::<Vec<_>>().join(".");
    let mut routes: Vec<String> = verdict.unknown.iter().map(|unknown| shown(&unknown.route)).collect();
    routes.dedup();
    (verdict.value.map(|value| value.to_string()), routes)
}

fn certain(value: &str) -> (Option<String>, Vec<String>) {
    (Some(value.to_string()), Vec::new())
}

fn open(value: Option<&str>, route: &str) -> (Option<String>, Vec<String>) {
    (value.map(str::to_string), vec![route.to_string()])
}

#[test]
fn what_needs_no_unknown_value_is_certain() {
    assert_eq!(verdict("x if input.a == 1", r#"{"a": 1, "b": 2}"#, &["input.b"]), certain("true"));
    assert_eq!(verdict("x if input.a == 1\nx if input.b == 1", r#"{"a": 1}"#, &["input.b"]), certain("true"));
    assert_eq!(verdict("x if { input.a == 2; input.b == 1 }", r#"{"a": 1}"#, &["input.b"]), (None, vec![]));
    assert_eq!(verdict("x if is_object(input.a)", r#"{"a": {"b": 1}}"#, &["input.a.b"]), certain("true"));
}

#[test]
fn what_is_unknown_is_so_beside_what_with_replaces() {
    let input = r#"{"a": 1, "b": 7, "o": {"k": 7}}"#;
    assert_eq!(verdict("x if input.b == 1 with input.a as 2", input, &["input.b"]), open(None, "input.b"));
    assert_eq!(
        verdict("x if input.o.k == 1 with input.o.m as 2", input, &["input.o.k"]),
        open(None, "input.o.k")
    );
    assert_eq!(
        verdict("x if input.o.k == 1 with input.o.m as 2", input, &["input.o"]),
        open(None, "input.o")
    );
    assert_eq!(verdict("x if input.b == 1 with input.b as 1", input, &["input.b"]), certain("true"));
    assert_eq!(verdict("x if input.b == 1 with input as {\"b\": 1}", input, &["input.b"]), certain("true"));
}

#[test]
fn comparisons_with_unknown_values_are_open() {
    for body in [
        "input.b == 1",
        "input.b",
        "not input.b",
        "not input.b == 1",
        "input.b > 3",
        "1 == input.b",
        "input.b in {1, 2}",
        "count(input) > 0",
        "input == {\"b\": 1}",
        "f(input.b)",
        "f2(input)",
        "every y in [1, 2] { y == input.b }",
        "[y | y := input.b; y == 1] == []",
        "object.get(input, \"b\", 0) == 0",
        "object.get(input, [\"b\", \"c\"], 0) == 0",
        "some v in input; v == 1",
        "d == 1",
        "e == 1",
        "not s[3]",
        "count(s) == 0",
    ] {
        let policy = format!(
            "x if {{ {body} }}\nf(y) if y == 1\nf2(y) if y.b == 1\ndefault d := 1\nd := 2 if input.b\n\
             e := 2 if input.b\nelse := 1\ns contains y if {{ some y in [1, 2, 3]; input.b == y }}"
        );
        assert_eq!(verdict(&policy, "{}", &["input.b"]), open(None, "input.b"), "{body}");
        assert_eq!(verdict(&policy, r#"{"b": 7}"#, &["input.b"]), open(None, "input.b"), "{body}");
    }
}

#[test]
fn sets_have_certain_members_and_may_have_more() {
    let policy = "x contains r.name if { some r in input.rs; not r.ok }";
    let input = r#"{"rs": [{"name": "a", "ok": false}, {"name": "b"}, {"name": "c", "ok": true}]}"#;
    assert_eq!(verdict(policy, input, &["input.rs.1.ok"]), open(Some("{\"a\"}"), "input.rs.1.ok"));
    assert_eq!(verdict(policy, input, &[]), certain("{\"a\", \"b\"}"));
    assert_eq!(verdict(policy, input, &["input.rs.1"]), open(Some("{\"a\"}"), "input.rs.1"));
    let through = format!(
        "{}\nx contains y if {{ some y in all; y != \"b\" }}",
        policy.replace("x contains", "all contains")
    );
    assert_eq!(verdict(&through, input, &["input.rs.1.ok"]), open(Some("{\"a\"}"), "input.rs.1.ok"));
    let asked = through.replace("some y in all; y != \"b\"", "y := 1; all[\"a\"]");
    assert_eq!(verdict(&asked, input, &["input.rs.1.ok"]), certain("{1}"));
}

#[test]
fn what_is_gone_through_may_have_more_elements() {
    let unknown = ["input.o.k"];
    let input = r#"{"o": {"m": 1}, "l": [{"o": {"m": 1}}]}"#;
    let policy = "x contains k if some k, _ in input.o";
    assert_eq!(verdict(policy, input, &unknown), open(Some("{\"m\"}"), "input.o.k"));
    let nested = "x contains k if input.l[_].o[k]";
    assert_eq!(verdict(nested, input, &["input.l.0.o.k"]), open(Some("{\"m\"}"), "input.l.0.o.k"));
    let through = "all contains k if some k, _ in input.o\nx contains k if some k in all";
    assert_eq!(verdict(through, input, &unknown), open(Some("{\"m\"}"), "input.o.k"));
}

#[test]
fn a_root_may_be_unknown_as_a_whole() {
    assert_eq!(verdict("x if input.a", "{}", &["input"]), open(None, "input"));
}

#[test]
fn answers_name_what_they_were_read_from() {
    let policy = "x contains r.name if { some r in input.rs; bad(r) }\nbad(r) if r.ok == false\nbad(r) if not r.tags.owner";
    let input = r#"{"rs": [{"name": "a", "ok": false}, {"name": "b", "ok": true, "tags": {}}, {"name": "c", "ok": true, "tags": {"owner": "me"}}]}"#;
    let verdict = session(policy, input).verdict("data.p.x", &[]).expect("a verdict");
    assert_eq!(verdict.value.as_ref().map(Value::to_string).as_deref(), Some("{\"a\", \"b\"}"));
    let reads = |member: &str| {
        let reason = verdict.reasons.iter().find(|reason| reason.member == Some(Value::from(member)));
        reason.map(|reason| reason.reads.clone()).unwrap_or_default()
    };
    assert!(reads("a").contains(&route("input.rs.0.ok")), "{:?}", reads("a"));
    assert!(!reads("a").contains(&route("input.rs.1.ok")), "{:?}", reads("a"));
    // What is not there is a reason, too.
    assert!(reads("b").contains(&route("input.rs.1.tags.owner")), "{:?}", reads("b"));
    assert!(!reads("b").contains(&route("input.rs.0.ok")), "{:?}", reads("b"));
}

#[test]
fn partial_results_keep_what_is_left() {
    let session = session("y := 3", r#"{"xs": [1, 5]}"#);
    let partial =
        session.partial("some v in input.xs; v > 3; v < input.top; input.name", &[route("input.top")]);
    let partial = partial.expect("a result");
    assert!(partial.answers.is_empty());
    assert_eq!(partial.unknown.len(), 1);
    assert_eq!(partial.unknown[0].residual, ["v < input.top", "input.name"]);
    let all = session.partial("v := input.xs[_]", &[route("input.top")]).expect("a result");
    assert_eq!((all.answers.len(), all.unknown.len()), (2, 0));
}

#[test]
fn tests_run_case_by_case() {
    let policy = "test_sum[name] if { some name, c in {\"one\": [1, 1, 2], \"two\": [1, 2, 4]}; c[0] + c[1] == c[2] }\n\
        todo_test_later if false\ntest_flat if { print(\"hi\"); 1 == 1 }";
    let outcomes = session(policy, "{}").tests();
    let sum = outcomes.iter().find(|outcome| outcome.name == "test_sum").expect("the test");
    assert_eq!(sum.status, trueline_rego::TestStatus::Fail);
    let cases: Vec<(String, bool)> =
        sum.cases.iter().map(|case| (case.keys[0].to_key(), case.passed)).collect();
    assert_eq!(cases, [("one".to_string(), true), ("two".to_string(), false)]);
    let flat = outcomes.iter().find(|outcome| outcome.name == "test_flat").expect("the test");
    let said: Vec<&str> = flat.prints.iter().map(|print| print.text.as_str()).collect();
    assert_eq!((said.as_slice(), &flat.status), (&["hi"][..], &trueline_rego::TestStatus::Pass));
    let later = outcomes.iter().find(|outcome| outcome.name == "todo_test_later").expect("the test");
    assert_eq!(later.status, trueline_rego::TestStatus::Skip);
}

#[test]
fn only_true_passes_a_test() {
    let policy = "test_one := 1\ntest_text := \"yes\"\ntest_true := true\ntest_group.inner if 1 == 2\n\
        test_cases[name] := value if some name, value in {\"one\": 1, \"true\": true}";
    let outcomes = session(policy, "{}").tests();
    let passed: Vec<(&str, bool)> = outcomes
        .iter()
        .map(|outcome| (outcome.name.as_str(), outcome.status == trueline_rego::TestStatus::Pass))
        .collect();
    assert_eq!(
        passed,
        [
            ("test_cases", false),
            ("test_group.inner", false),
            ("test_one", false),
            ("test_text", false),
            ("test_true", true)
        ]
    );
}

#[test]
fn a_session_that_watches_has_watched_its_tests() {
    let policy = "big(x) if x > 10\ntest_big if big(11)\ntest_small if not big(2)\nunused if big(1)";
    let mut session = session(policy, "{}");
    session.watch(trueline_rego::TraceLevel::Off);
    session.tests();
    let coverage = session.coverage();
    let missed: Vec<usize> = coverage.files[0].missed.iter().copied().collect();
    // The first line is the package's.
    assert_eq!(missed, [5]);
}

#[test]
fn tests_of_one_name_are_tests_of_their_own() {
    let policy = "test_x if true\ntest_x if { y := 1; y == 2 }\ntest_x if true\n\
        test_c[n] if some n in [\"a\"]\ntest_c[n] if { some n in [\"b\"]; n == \"a\" }";
    let session = session(policy, "{}");
    let outcomes = session.tests();
    let passed: Vec<(&str, usize, bool)> = outcomes
        .iter()
        .map(|o| (o.name.as_str(), o.line, o.status == trueline_rego::TestStatus::Pass))
        .collect();
    assert_eq!(
        passed,
        [
            ("test_c", 5, true),
            ("test_c#01", 6, false),
            ("test_x", 2, true),
            ("test_x#01", 3, false),
            ("test_x#02", 4, true)
        ]
    );
    let failure = outcomes[3].failure.as_ref().expect("what failed");
    assert_eq!((failure.line, failure.text.as_str()), (3, "y == 2"));
    let steps = session.trace_test(&outcomes[3], trueline_rego::TraceLevel::Fails);
    assert_eq!(steps.iter().map(|step| step.line).collect::<Vec<_>>(), [3]);
}
