//! Policies, inputs and routes in them that may be unknown, generated from a seed.

#![allow(dead_code, reason = "not every test needs all of it")]

use trueline_rego::{CompileOptions, Limits, PolicyFile, Route, Session, Value, compile};

/// Random numbers, the same each time.
pub struct Dice {
    state: u64,
    /// The policy has `and`, `or` and the wider `not`.
    logic: bool,
}

impl Dice {
    /// Those of this seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Self { state: seed.wrapping_mul(7_919).wrapping_add(17), logic: false };
        dice.roll(2);
        dice
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % sides
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
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
pub fn policy(dice: &mut Dice) -> String {
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

pub fn input(dice: &mut Dice) -> Value {
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

pub fn route(text: &str) -> Route {
    text.split('.').map(|step| step.parse::<i64>().map_or_else(|_| Value::from(step), Value::from)).collect()
}

/// Puts something else, or nothing, in the place of a value.
pub fn without(value: &Value, steps: &[Value], dice: &mut Dice) -> Value {
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

pub fn data() -> Value {
    Value::parse_json(r#"{"allowed": [1, 3], "limits": {"low": 1, "high": 2}, "at": 0}"#).expect("JSON")
}

pub fn session(files: &[PolicyFile], input: &Value, data: Value) -> Result<Session, String> {
    let compiled = compile(files, &CompileOptions::default())
        .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut session = compiled.session(data, Limits::default());
    session.set_input(input.clone());
    Ok(session)
}

/// What may be unknown.
pub const ROUTES: &[&str] = &[
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
