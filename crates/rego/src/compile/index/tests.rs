use std::collections::BTreeSet;

use crate::{CompileOptions, Compiled, Limits, PolicyFile, Session, Value, compile};

fn compiled(text: &str) -> Compiled {
    let file = PolicyFile::new("p.rego", format!("package p\nimport rego.v1\n{text}"));
    compile(&[file], &CompileOptions::default()).unwrap_or_else(|wrong| panic!("{}\n{text}", wrong[0]))
}

fn session(compiled: &Compiled, input: &str, indexed: bool) -> Session {
    let mut session = compiled.session(Value::empty_object(), Limits::default());
    session.set_input(Value::parse_json(input).unwrap());
    session.set_indexed(indexed);
    session
}

/// Returns how many definitions of the first rule are tried for an input, or nothing if there is no index.
fn tried(text: &str, input: &str) -> Option<usize> {
    let compiled = compiled(text);
    let node = compiled.output.program.nodes.iter().find(|node| node.has_rules).unwrap();
    let index = node.index.as_ref()?;
    let input = Value::parse_json(input).unwrap();
    let value = index.part.steps.iter().try_fold(&input, |value, step| value.lookup(step));
    Some(index.candidates(value).count())
}

#[test]
fn equality_and_membership_are_indexed() {
    let same = r#"r contains 1 if input.t == "a"
r contains 2 if "b" == input.t
r contains 3 if { t := input.t; t == "c" }
r contains 4 if input.t in {"c", "d"}
r contains 5 if { some i; input.xs[i] == 1; input.t = "e" }
r contains 6 if input["t"] == "a"
r contains 7 if { {"t": t} = input; t == "a" }
r contains 8 if input.t != "a""#;
    assert_eq!(tried(same, r#"{"t": "a"}"#), Some(3 + 1));
    assert_eq!(tried(same, r#"{"t": "c"}"#), Some(2 + 1));
    assert_eq!(tried(same, r#"{"t": "x"}"#), Some(1));
    assert_eq!(tried(same, "{}"), Some(1));
    let otherwise =
        "r := 1 if input.t == 1 else := 2 if input.t == 2\nr := 3 if input.t == 3\nr := 4 if input.t == 4";
    assert_eq!(tried(otherwise, r#"{"t": 2}"#), Some(1));
    assert_eq!(tried(otherwise, r#"{"t": 2.0}"#), Some(1));
}

#[test]
fn what_may_fail_or_be_heard_of_in_front_is_not_skipped() {
    for front in ["print(1)", "data.p.other", "x := 1 / input.n", "every x in [1] { x == 1 }", "not input.z"]
    {
        let rules = ["a", "b", "c", "d"]
            .map(|t| format!("r contains {front:?} if {{ {front}; input.t == \"{t}\" }}"));
        let text = rules.join("\n").replace("contains \"x := 1 / input.n\"", "contains 1") + "\nother := 1";
        let compiled = compiled(&text);
        assert!(compiled.output.program.nodes.iter().all(|node| node.index.is_none()), "{front}");
    }
}

/// A generator of policies that ask much of the same few places.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len())]
    }

    fn place(&mut self) -> &'static str {
        self.of(&["input.a", "input.b", "input.b.c", "input.xs[0]", "input.xs[_]", "input[\"a\"]"])
    }

    fn value(&mut self) -> &'static str {
        self.of(&["\"x\"", "\"y\"", "1", "1.0", "2", "false", "null", "[1]", "{\"c\": 1}", "{1}"])
    }

    fn expression(&mut self, at: usize) -> String {
        let (place, value, other) = (self.place(), self.value(), self.value());
        match self.below(20) {
            0..=3 => format!("{place} == {value}"),
            17..=19 => format!("input.a == {value}"),
            4 => format!("{value} == {place}"),
            5 => format!("v{at} := {place}; v{at} == {value}"),
            6 => format!("{place} in {{{value}, {other}}}"),
            7 => format!("{place} in [{value}]"),
            8 => format!("{place} in {{\"k\": {value}}}"),
            9 => format!("[v{at}, {value}] = [{place}, {place}]; v{at} != {other}"),
            10 => format!("not {place} == {value}"),
            11 => format!("{{\"a\": v{at}, \"b\": _}} = input; v{at} = {value}"),
            12 => format!("10 / input.a == {value}"),
            13 => format!("data.p.helper == {value}"),
            14 => format!("v{at} := input.b; v{at}.c == {value}"),
            15 => format!("print({place}); {place} == {value}"),
            _ => format!("every v{at} in input.xs {{ v{at} == {value} }}"),
        }
    }

    fn body(&mut self) -> String {
        let count = 1 + self.below(3);
        (0..count).map(|at| self.expression(at)).collect::<Vec<_>>().join("; ")
    }

    fn rules(&mut self) -> String {
        let kind = self.below(6);
        let count = 3 + self.below(6);
        let mut text = String::new();
        for at in 0..count {
            let (body, value) = (self.body(), self.value());
            text += &match kind {
                0 => format!("r contains {at} if {{ {body} }}\n"),
                1 => format!("r contains {value} if {{ {body} }}\n"),
                2 => format!("r := {value} if {{ {body} }} else := {at} if {{ {} }}\n", self.body()),
                3 => format!("r[\"k{}\"] := {value} if {{ {body} }}\n", self.below(4)),
                4 => {
                    let arg = self.of(&["\"x\"", "1", "q", "[q]", "{\"c\": q}", "_"]);
                    format!("f({arg}, {}) := {value} if {{ {body} }}\n", self.of(&["1", "2", "w", "\"x\""]))
                }
                _ => format!("r := {value} if {{ {body} }}\n"),
            };
        }
        match kind {
            4 => {
                text += "r := [x | some a in [input.a, input.b, 1, \"x\"]; some b in [1, 2, \"x\"]; x := f(a, b)]\n"
            }
            2 | 5 if self.below(2) == 0 => text += "default r := \"default\"\n",
            _ => {}
        }
        text + "helper := 1 if input.a == 1\nhelper := 2 if input.b == 2\n"
    }

    fn input(&mut self) -> String {
        let mut fields = vec![format!("\"xs\": [{}, {}]", self.json(), self.json())];
        for key in ["a", "b"] {
            if self.below(5) > 0 {
                fields.push(format!("\"{key}\": {}", self.json()));
            }
        }
        format!("{{{}}}", fields.join(", "))
    }

    fn json(&mut self) -> &'static str {
        self.of(&[
            "\"x\"",
            "\"y\"",
            "1",
            "1.0",
            "2",
            "false",
            "null",
            "[1]",
            "{\"c\": 1}",
            "{\"c\": \"x\"}",
            "0",
        ])
    }
}

/// With and without the index: the same answers, the same errors, the same things said.
#[test]
fn an_index_changes_nothing_but_the_work() {
    let mut random = Random(11);
    let (mut indexed_rules, mut values, mut errors, mut saved) = (0, BTreeSet::new(), 0, 0);
    for _ in 0..1_500 {
        let text = random.rules();
        // Some are refused by the check of types: they say nothing here.
        let file = PolicyFile::new("p.rego", format!("package p\nimport rego.v1\n{text}"));
        let Ok(compiled) = compile(&[file], &CompileOptions::default()) else { continue };
        indexed_rules += compiled.output.program.nodes.iter().filter(|node| node.index.is_some()).count();
        for _ in 0..4 {
            let (input, other) = (random.input(), random.input());
            for strict in [false, true] {
                let run = |indexed: bool| {
                    let mut session = session(&compiled, &input, indexed);
                    session.set_strict_errors(strict);
                    let plain = session.rule("data.p.r").map_err(|error| error.to_string());
                    let replaced = session.query(&format!("x = data.p.r with input as {other}"));
                    let helper = session.query("x = data.p.r with input.a as 1 with data.p.helper as 2");
                    let answers =
                        (plain, replaced.map_err(|e| e.to_string()), helper.map_err(|e| e.to_string()));
                    (answers, session.take_prints(), session.take_errors().len())
                };
                let (with, without) = (run(true), run(false));
                assert_eq!(with, without, "{text}\n{input}");
                match with.0.0 {
                    Ok(value) => drop(values.insert(value)),
                    Err(_) => errors += 1,
                }
            }
            let steps = |indexed: bool| {
                let mut limits = Limits::default();
                (1..).step_by(8).find(|steps| {
                    limits.steps = *steps;
                    let mut session = compiled.session(Value::empty_object(), limits.clone());
                    session.set_input(Value::parse_json(&input).unwrap());
                    session.set_indexed(indexed);
                    !session.rule("data.p.r").is_err_and(|error| error.code == "eval_cancel_error")
                })
            };
            saved += usize::from(steps(true) < steps(false));
        }
    }
    // The test is about something.
    assert!(
        indexed_rules > 100 && values.len() > 30 && errors > 50 && saved > 50,
        "{indexed_rules} {} {errors} {saved}",
        values.len()
    );
}

/// What an answer rests on and hangs on is the same with and without the index.
#[test]
fn an_index_changes_no_verdict() {
    let mut random = Random(23);
    let (mut used, mut open, mut saved) = (0, 0, 0);
    let route = |text: &str| -> crate::Route {
        text.split('.')
            .map(|step| step.parse::<i64>().map_or_else(|_| Value::from(step), Value::from))
            .collect()
    };
    for _ in 0..1_500 {
        let text = random.rules();
        let file = PolicyFile::new("p.rego", format!("package p\nimport rego.v1\n{text}"));
        let Ok(compiled) = compile(&[file], &CompileOptions::default()) else { continue };
        used += compiled.output.program.nodes.iter().filter(|node| node.index.is_some()).count();
        for _ in 0..4 {
            let input = random.input();
            let unknown = ["input.b.c", "input.a", "input.xs.0", "input.b", "input.z"].map(route)
                [random.below(5)]
            .clone();
            let unknown = if random.below(4) == 0 { Vec::new() } else { vec![unknown] };
            let verdict = |indexed: bool| {
                let session = session(&compiled, &input, indexed);
                session.verdict("data.p.r", &unknown).map_err(|error| error.to_string())
            };
            let (with, without) = (verdict(true), verdict(false));
            assert_eq!(with, without, "{text}\n{input}\n{unknown:?}");
            open += usize::from(with.is_ok_and(|verdict| !verdict.is_final()));
            let steps = |indexed: bool| {
                let mut limits = Limits::default();
                (1..).step_by(8).find(|steps| {
                    limits.steps = *steps;
                    let mut session = compiled.session(Value::empty_object(), limits.clone());
                    session.set_input(Value::parse_json(&input).unwrap());
                    session.set_indexed(indexed);
                    !session
                        .verdict("data.p.r", &unknown)
                        .is_err_and(|error| error.code == "eval_cancel_error")
                })
            };
            saved += usize::from(steps(true) < steps(false));
        }
    }
    assert!(used > 100 && open > 200 && saved > 20, "{used} {open} {saved}");
}

#[test]
fn who_watches_sees_all_that_is_tried() {
    let text = "r contains 1 if input.t == 1\nr contains 2 if input.t == 2\nr contains 3 if input.t == 3";
    let compiled = compiled(text);
    let mut session = session(&compiled, r#"{"t": 2}"#, true);
    session.watch(crate::TraceLevel::Fails);
    session.rule("data.p.r").unwrap();
    assert_eq!(session.take_trace().len(), 2);
    assert_eq!(session.coverage().percent(), 100.0);
    let route: Vec<Value> = vec!["input".into(), "t".into()];
    let verdict = session.verdict("data.p.r", &[route]).unwrap();
    assert_eq!(verdict.unknown.len(), 3);
}
