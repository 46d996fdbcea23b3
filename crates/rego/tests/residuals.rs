//! What is left of a query has the answers of the query, once the unknown values are filled in.
//!
//! Policies, inputs and what is unknown in them are generated; both ways are gone, and have to lead to the same.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

mod generated;

use std::collections::BTreeSet;

use generated::{Dice, ROUTES, data, input, policy, route, session, without};
use trueline_rego::{
    CompileOptions, CustomBuiltin, Limits, PolicyFile, Residual, Route, Session, Value, Version, compile,
};

type Answers = BTreeSet<Vec<(String, Value)>>;

fn answers(session: &Session, query: &str) -> Result<Answers, String> {
    let found = session.query(query).map_err(|error| error.code)?;
    Ok(found.into_iter().map(|answer| answer.into_iter().collect()).collect())
}

fn filled_in(residual: &Residual, input: &Value) -> Result<Answers, String> {
    let session = session(residual.support.as_slice(), input, data())?;
    let mut all = Answers::new();
    for query in &residual.queries {
        all.extend(answers(&session, query)?);
    }
    Ok(all)
}

#[test]
fn residuals_have_the_answers_of_the_query() {
    let (mut given, mut refused, mut reduced) = (0, 0, 0);
    for seed in 0..1_000_u64 {
        let mut dice = Dice::of(seed);
        let text = policy(&mut dice);
        let files = [PolicyFile { version: Some(Version::V1), ..PolicyFile::new("p.rego", text.clone()) }];
        let full = input(&mut dice);
        // Sets and objects that need each other are refused, and rules that are never of the type they are compared with.
        let whole = match session(&files, &full, data()) {
            Ok(whole) => whole,
            Err(wrong) => {
                assert!(
                    wrong.contains("is recursive") || wrong.contains("rego_type_error"),
                    "{wrong}\n{text}"
                );
                continue;
            }
        };
        let unknown: Vec<Route> = (0..=dice.roll(2)).map(|_| route(dice.pick(ROUTES))).collect();
        let mut partly_known = |root: &str, value: Value| {
            let below = unknown.iter().filter(|route| route.first() == Some(&Value::from(root)));
            below.fold(value, |value, route| without(&value, route.get(1..).unwrap_or_default(), &mut dice))
        };
        let known = partly_known("input", full.clone());
        let known_data = partly_known("data", data());
        let partly = session(&files, &known, known_data).expect("compiled before");
        for query in [
            "data.p.deny = deny",
            "data.p.deny[_] = message; input.b > 0",
            "data.p.r0 = r",
            "data.p.r1; not data.p.r0",
        ] {
            let wanted = answers(&whole, query);
            let shown =
                || format!("seed {seed}, {query}, unknown {unknown:?}\ninput {full}\nknown {known}\n{text}");
            match partly.residual(query, &unknown) {
                Ok(residual) => {
                    given += 1;
                    reduced += usize::from(residual.support.is_none());
                    let support =
                        residual.support.as_ref().map(|file| file.source.to_string()).unwrap_or_default();
                    let found = filled_in(&residual, &full);
                    // An error may lie on a way that is known to lead nowhere.
                    assert!(
                        found == wanted || wanted.is_err(),
                        "wanted {wanted:?}\nfound {found:?}\n{}\n---\n{:?}\n{support}",
                        shown(),
                        residual.queries
                    );
                }
                Err(error) if error.code == "eval_partial_error" => refused += 1,
                Err(error) => assert_eq!(wanted.as_ref().err(), Some(&error.code), "{}\n{error:?}", shown()),
            }
        }
    }
    println!("{given} given, {reduced} of them without rules, {refused} refused");
    assert!(refused * 5 < given, "{refused} of {given} can't be given");
    assert!(reduced * 5 > given);
}

/// Returns the queries and rules that are left of a query.
fn left(policy: &str, input: &str, unknown: &str, query: &str) -> Result<(Vec<String>, String), String> {
    let files = [PolicyFile::new("p.rego", policy)];
    let input = Value::parse_json(input).expect("JSON");
    let session = session(&files, &input, data()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let residual = session.residual(query, &[route(unknown)]).map_err(|error| error.to_string())?;
    let rules = residual.support.map(|file| file.source.to_string()).unwrap_or_default();
    Ok((residual.queries, rules))
}

#[test]
fn what_is_known_is_put_in() {
    let policy = "package p\n\ndeny contains r.name if {\n\tsome r in input.rs\n\tnot r.encrypted\n}\n";
    let input = r#"{"rs": [{"name": "a"}, {"name": "b", "encrypted": true}, {"name": "c"}]}"#;
    let (queries, rules) =
        left(policy, input, "input.rs.2.encrypted", "x = data.p.deny").expect("a residual");
    assert_eq!(queries, ["__local1__ = data.partial.r0_deny; x = __local1__"]);
    assert_eq!(
        rules,
        "package partial\n\nr0_deny contains \"a\"\n\nr0_deny contains \"c\" if {\n\t[1 | input[\"rs\"][2][\"encrypted\"]] == []\n}\n\n"
    );
    let (queries, rules) = left(policy, input, "input.other", "x = data.p.deny").expect("a residual");
    assert_eq!((queries, rules.as_str()), (vec!["x = {\"a\", \"c\"}".to_string()], ""));
    let (queries, _) = left(policy, input, "input.rs.1.name", "data.p.deny.d").expect("a residual");
    assert!(queries.is_empty());
}

#[test]
fn old_policies_stay_old() {
    let policy = "package p\n\nallow { any([input.a, input.b]) }\n";
    let (_, rules) = left(policy, r#"{"b": false}"#, "input.a", "data.p.allow").expect("a residual");
    assert!(rules.contains("import future.keywords"), "{rules}");
    assert!(rules.contains("any([v1, false])"), "{rules}");
}

#[test]
fn what_cant_be_written_down_is_an_error() {
    let policy = "package p\n\nx if input.a == 1 with input.b as 2\n";
    let error = left(policy, "{}", "input.a", "data.p.x").expect_err("no residual");
    assert!(error.contains("eval_partial_error") && error.contains("`with`"), "{error}");
    let ordered = "package p\n\nx := [[a, b] | some a in input.a; some b in [1, 2]]\n";
    let error = left(ordered, "{}", "input.a", "data.p.x = x").expect_err("no residual");
    assert!(error.contains("order"), "{error}");
    let package = "package p\n\nx := input.a\n";
    assert!(left(package, "{}", "input.a", "data.p = x").expect_err("no residual").contains("package"));
}

#[test]
fn builtins_of_the_caller_are_called_again() {
    let double = CustomBuiltin::new("acme.double", 1, |args| {
        Ok(args.first().and_then(Value::as_i64).map(|number| Value::from(number * 2)))
    });
    let options = CompileOptions { builtins: vec![double], ..CompileOptions::default() };
    let policy = PolicyFile::new("p.rego", "package p\n\nx := acme.double(input.a) + acme.double(2)\n");
    let compiled = compile(&[policy], &options).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let session = compiled.session(Value::empty_object(), Limits::default());
    let mut known = session.clone();
    known.set_input(Value::parse_json("{}").expect("JSON"));
    let residual = known.residual("data.p.x = x", &[route("input.a")]).expect("a residual");
    let support: Vec<PolicyFile> = residual.support.into_iter().collect();
    assert!(support[0].source.contains("v3 = plus(v2, 4)"), "{}", support[0].source);
    let compiled = compile(&support, &options).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_input(Value::parse_json(r#"{"a": 3}"#).expect("JSON"));
    let answers = session.query(&residual.queries[0]).expect("answers");
    assert_eq!(answers[0]["x"], Value::from(10));
}

#[test]
fn what_grows_without_end_is_ended() {
    let numbers = (0..100).map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    let policy = format!(
        "package p\n\nns := [{numbers}]\n\nx if {{\n\tsome a, b in ns\n\tsome c, d in ns\n\tsome e, f in ns\n\tinput.a == [a, b, c, d, e, f]\n}}\n"
    );
    let compiled = compile(&[PolicyFile::new("p.rego", policy)], &CompileOptions::default());
    let compiled = compiled.unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let limits = Limits { steps: 1_000_000, ..Limits::default() };
    let mut session = compiled.session(Value::empty_object(), limits);
    session.set_input(Value::parse_json("{}").expect("JSON"));
    let error = session.residual("data.p.x", &[route("input.a")]).expect_err("a limit");
    assert_eq!(error.code, "eval_cancel_error", "{error}");
}

#[test]
fn bodies_nest_deeply() {
    let policy = format!("package p\n\nx if {}input.a{}\n", "count([1 | ".repeat(50), "])".repeat(50));
    let (_, rules) = left(&policy, "{}", "input.a", "data.p.x").expect("a residual");
    assert_eq!(rules.matches("count(").count(), 50);
}
