//! What is left of a query has the answers of the query, once the unknown values are filled in.
//!
//! Policies, inputs and what is unknown in them are generated; both ways are gone, and have to lead to the same.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

use std::collections::BTreeSet;

use trueline_rego::{
    CompileOptions, CustomBuiltin, Limits, PolicyFile, Residual, Route, Session, Value, Version, compile,
};

/// Random numbers, the same each time.
struct Dice {
    state: u64,
    /// The policy has `and`, `or` and the wider `not`.
    logic: bool,
}

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % sides
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        let at = self.roll(from.len());
        from.get(at).copied().expect("something to pick from")
    }
}

/// Literals; `$` is a rule above, `@` a function, `#` a number.
const LITERALS: &[&str] = &[
    "input.a == #",
    "input.b > #",
    "input.a != input.b",
    "input.o.k",
    "input.o.k == input.b",
    "not input.o.k",
    "not input.a == #",
    "not input.o.nothing",
    "x := input.xs[_]\n\tx.k == #",
    "some i\n\tinput.xs[i].k > i",
    "some x in input.xs\n\tx.k == input.a",
    "some j, x in input.xs\n\tx.l[_] == j",
    "some key, value in input.o\n\tvalue == #\n\tkey != \"z\"",
    "count(input.xs) > #",
    "count(input.o) == #",
    "every x in input.xs { x.k > # }",
    "every n in [1, 2] { input.a != n }",
    "every n in [1, 2] { input.xs[_].k == n }",
    "every _, value in input.o { value != # }",
    "every x in input.xs { every l in x.l { l < input.b } }",
    "every n in input.nothing { n == 1 }",
    "ks := [x.k | some x in input.xs]\n\tcount(ks) > #",
    "ks := {x.k | some x in input.xs; x.k != input.a}\n\tcount(ks) > #",
    "ks := [[n, x.k] | some n in [1, 2]; some x in input.xs; x.k > n]\n\tks[0][1] == #",
    "s := {n | some n in [input.a, input.b, 3]}\n\tcount(s) == #",
    "o := {key: value | some key, value in input.o; value > #}\n\to.k == input.a",
    "o := {n: input.xs[n].k | some n in [0, 1]}\n\to[0] == #",
    "not 1 in {x.k | some x in input.xs}",
    "[p, q] := [input.a, #]\n\tp == q",
    "{\"k\": v} = input.o\n\tv == #",
    "[first, _] = input.xs\n\tfirst.k == #",
    "$",
    "not $",
    "r := $\n\tr == #",
    "sets[_] == input.a",
    "# in sets",
    "sets[input.b]",
    "count(sets) > #",
    "objects.k == #",
    "objects[key] == input.a\n\tkey != \"y\"",
    "@(input.a)",
    "f := @(input.b)\n\tf > #",
    "not @(input.o.k)",
    "@(#) == input.a",
    "walk(input.o, [path, leaf])\n\tleaf == #\n\tcount(path) > 0",
    "input.a in {1, 2}",
    "input.a in data.allowed",
    "data.limits[input.s] > #",
    "data.limits[k] == input.b\n\tk != input.s",
    "x := input.xs[data.at]\n\tx.k < #",
    "sprintf(\"%v-%v\", [input.a, input.s]) == \"1-low\"",
    "startswith(input.s, \"l\")",
    "object.get(input.o, \"k\", #) == 2",
    "input.xs[0] == input.xs[1]",
    "input.o == {\"k\": #}",
    "t := $\"{input.a}-{input.b}\"\n\tt != \"1-2\"",
    "input.xs[# - 1].k == input.a",
    "x := object.union(input.o, {\"n\": #})\n\tx.n == input.a",
    "true with input.a as 3",
    "input.b > # with input.a as 3",
    "w := input.xs[_].k with input.xs as [{\"k\": 2}]\n\tw == input.a",
    "$ with input.a as #",
    "w := input.o.k with input.o.m as input.b\n\tw == #",
    "w := data.limits[input.s] with data.limits.low as input.b\n\tw > #",
    "w := input.b\n\tinput.xs[_].k == w with input.o as {}",
    "map.k == input.b",
    "map[key] == #",
    "some key, members in groups\n\tinput.a in members",
    "data.limits == {\"high\": #, \"low\": 1}",
];

/// Literals that need `import future.keywords`.
const LOGIC: &[&str] = &[
    "input.a == # or input.b == #",
    "input.o.k and input.b > #",
    "not (input.a == # or input.o.nothing)",
    "input.s == \"low\" or {some x in input.xs; x.k > #}",
    "not {some x in input.xs; x.k == #} and input.o.k",
    "(not input.a == # or input.o.m) and input.b",
    "$ or input.a == #",
    "not ( $ and input.b == #)",
    "count(input.xs) > # or @(input.a)",
    "input.a == # and input.b == # with input.a as 2",
    "not count(input.o.nothing) == #",
];

const VALUES: &[&str] =
    &["1", "input.a", "[input.b, 2]", "{\"s\": input.s}", "input.o", "input.xs[0]", "count(input.xs)"];

fn body(dice: &mut Dice, above: &[String], functions: &[String]) -> String {
    let logic = dice.logic;
    let mut literals = Vec::new();
    let mut used: Vec<&str> = Vec::new();
    while literals.len() <= dice.roll(3) {
        let from = if logic && dice.roll(3) == 0 { LOGIC } else { LITERALS };
        let literal = dice.pick(from);
        if used.contains(&literal)
            || (literal.contains('@') && functions.is_empty())
            || (literal.starts_with(['$']) || literal.contains(" $"))
                && !literal.contains("$\"")
                && above.is_empty()
        {
            continue;
        }
        used.push(literal);
        let number = (dice.roll(3) + 1).to_string();
        let mut text = literal.replace('#', &number);
        if !literal.contains("$\"") && literal.contains('$') {
            let at = dice.roll(above.len());
            text = text.replace('$', above.get(at).expect("a rule"));
        }
        if literal.contains('@') {
            let at = dice.roll(functions.len());
            text = text.replace('@', functions.get(at).expect("a function"));
        }
        // Variables of one literal are not those of another.
        let own = literals.len();
        for name in [
            "x", "i", "j", "key", "value", "ks", "s", "o", "p", "q", "v", "first", "w", "members", "r", "f",
            "path", "leaf", "k", "t", "n", "l",
        ] {
            text = renamed(&text, name, &format!("{name}_{own}"));
        }
        literals.push(text);
    }
    literals.join("\n\t")
}

/// Gives a variable another name where it is no key.
fn renamed(text: &str, name: &str, new: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    while let Some(at) = rest.find(name) {
        let (before, after) = rest.split_at(at);
        let after = after.get(name.len()..).expect("the rest");
        out.push_str(before);
        let whole = !out.ends_with(|sign: char| is_part(sign) || matches!(sign, '.' | '"' | '%'))
            && !after.starts_with(is_part);
        let called = after.starts_with('(');
        out.push_str(if whole && !called && !after.starts_with('"') { new } else { name });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Makes a policy: rules that use those above them.
fn policy(dice: &mut Dice) -> String {
    dice.logic = dice.roll(2) == 0;
    let mut text = "package p\n\n".to_string();
    if dice.logic {
        text.push_str("import future.keywords\n\n");
    }
    let (mut above, mut functions): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    // Sets and objects are there in any case; they use nothing.
    text.push_str(&format!(
        "sets contains input.b\n\nsets contains 2 if {{\n\t{}\n}}\n\n",
        body(dice, &[], &[])
    ));
    text.push_str(&format!(
        "objects.k := 1 if {{\n\t{}\n}}\n\nobjects.l := input.a\n\n",
        body(dice, &[], &[])
    ));
    text.push_str(&format!(
        "map[key] := value if {{\n\tsome key, value in input.o\n\t{}\n}}\n\n",
        body(dice, &[], &[])
    ));
    text.push_str("groups[n] contains x.k if some n, x in input.xs\n\ngroups[7] contains 1\n\n");
    for at in 0..2 + dice.roll(3) {
        let name = format!("f{at}");
        let value = dice.pick(&["1", "a + 1", "input.a", "[a, input.b]"]);
        text.push_str(&format!(
            "{name}(a) := {value} if {{\n\ta != 3\n\t{}\n}}",
            body(dice, &above, &functions)
        ));
        if dice.roll(2) == 0 {
            text.push_str(&format!(
                " else := {} if {{\n\t{}\n}}",
                dice.pick(&["2", "a", "false"]),
                body(dice, &above, &functions)
            ));
        }
        text.push_str("\n\n");
        if dice.roll(3) == 0 {
            text.push_str(&format!("default {name}(_) := 0\n\n"));
        }
        functions.push(name);
        let name = format!("r{at}");
        match dice.roll(4) {
            0 => text.push_str(&format!(
                "{name} if {{\n\t{}\n}}\n\n{name} if {{\n\t{}\n}}\n\n",
                body(dice, &above, &functions),
                body(dice, &above, &functions)
            )),
            1 => text.push_str(&format!(
                "default {name} := false\n\n{name} := {} if {{\n\t{}\n}}\n\n",
                dice.pick(VALUES),
                body(dice, &above, &functions)
            )),
            2 => text.push_str(&format!(
                "{name} := {} if {{\n\t{}\n}} else := {} if {{\n\t{}\n}} else := 3\n\n",
                dice.pick(VALUES),
                body(dice, &above, &functions),
                dice.pick(VALUES),
                body(dice, &above, &functions)
            )),
            _ => text.push_str(&format!(
                "{name} := {} if {{\n\t{}\n}}\n\n{name} := 1 if {{\n\t{}\n}}\n\n",
                dice.pick(VALUES),
                body(dice, &above, &functions),
                body(dice, &above, &functions)
            )),
        }
        above.push(name);
    }
    let message =
        dice.pick(&["\"no\"", "input.a", "sprintf(\"%v\", [input.b])", "input.o", "[input.a, \"x\"]"]);
    text.push_str(&format!(
        "deny contains {message} if {{\n\t{}\n}}\n\ndeny contains \"other\" if {{\n\t{}\n}}\n",
        body(dice, &above, &functions),
        body(dice, &above, &functions)
    ));
    text
}

fn input(dice: &mut Dice) -> Value {
    let number = |dice: &mut Dice| (dice.roll(4)).to_string();
    let element = |dice: &mut Dice| match dice.roll(4) {
        0 => format!(r#"{{"k": {}, "l": [0, 1]}}"#, number(dice)),
        1 => format!(r#"{{"k": {}, "l": []}}"#, number(dice)),
        2 => format!(r#"{{"l": [{}]}}"#, number(dice)),
        _ => format!(r#"{{"k": {}}}"#, number(dice)),
    };
    let xs: Vec<String> = (0..dice.roll(4)).map(|_| element(dice)).collect();
    let text = format!(
        r#"{{"a": {}, "b": {}, "s": "{}", "o": {}, "xs": [{}]}}"#,
        dice.pick(&["0", "1", "2", "3", "\"1\"", "null", "false"]),
        number(dice),
        dice.pick(&["low", "high"]),
        dice.pick(&["{}", r#"{"k": 1}"#, r#"{"k": 2, "m": 1}"#, r#"{"m": 3, "z": 2}"#, r#"{"k": false}"#]),
        xs.join(", ")
    );
    Value::parse_json(&text).expect("JSON")
}

fn route(text: &str) -> Route {
    text.split('.').map(|step| step.parse::<i64>().map_or_else(|_| Value::from(step), Value::from)).collect()
}

/// Puts something else, or nothing, in the place of a value.
fn without(value: &Value, steps: &[Value], dice: &mut Dice) -> Value {
    let Some((key, below)) = steps.split_first() else {
        return Value::parse_json(dice.pick(&["null", "7", "[]", "{\"k\": 7}"])).expect("JSON");
    };
    match value {
        Value::Object(entries) => {
            let mut kept: Vec<(Value, Value)> =
                entries.iter().filter(|(have, _)| have != key).cloned().collect();
            if let Some(inner) = entries.get(key)
                && (!below.is_empty() || dice.roll(2) == 0)
            {
                kept.push((key.clone(), without(inner, below, dice)));
            }
            Value::object(kept)
        }
        Value::Array(items) => {
            let at = key.as_i64().unwrap_or(-1);
            let put = |(index, item): (usize, &Value)| {
                if i64::try_from(index) == Ok(at) { without(item, below, dice) } else { item.clone() }
            };
            Value::array(items.iter().enumerate().map(put).collect())
        }
        other => other.clone(),
    }
}

fn data() -> Value {
    Value::parse_json(r#"{"allowed": [1, 3], "limits": {"low": 1, "high": 2}, "at": 0}"#).expect("JSON")
}

fn session(files: &[PolicyFile], input: &Value, data: Value) -> Result<Session, String> {
    let compiled = compile(files, &CompileOptions::default())
        .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut session = compiled.session(data, Limits::default());
    session.set_input(input.clone());
    Ok(session)
}

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

const ROUTES: &[&str] = &[
    "input.a",
    "input.b",
    "input.s",
    "input.o",
    "input.o.k",
    "input.o.m",
    "input.o.nothing",
    "input.xs",
    "input.xs.0",
    "input.xs.1.k",
    "input.xs.0.l",
    "input.xs.0.l.0",
    "input.xs.2",
    "input.nothing",
    "input",
    "data.limits.low",
    "data.limits",
];

#[test]
fn residuals_have_the_answers_of_the_query() {
    let (mut given, mut refused, mut reduced) = (0, 0, 0);
    for seed in 0..1_000_u64 {
        let mut dice = Dice { state: seed.wrapping_mul(7_919) + 17, logic: false };
        dice.roll(2);
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
