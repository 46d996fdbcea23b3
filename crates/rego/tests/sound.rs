//! What a verdict calls certain holds whatever the unknown values are.
//!
//! Policies, inputs, what is unknown in them, and values for it are generated: some policies are of any kind, some as
//! organizations write them over a plan, in the old syntax and the new. `TRUELINE_SOUND_CASES` sets how many triples of policy,
//! input and filling are tried.

#![allow(clippy::panic, clippy::expect_used)] // tests may fail

mod generated;
mod plans;

use generated::{Dice, ROUTES, data, input, policy, route, session, without};
use trueline_rego::{PolicyFile, Route, Session, Value, Version};

/// Fillings that are tried of one policy and input.
const FILLINGS: usize = 4;

/// What is known of a rule's value, as its kind has it.
#[derive(Clone, Copy)]
enum Kind {
    /// One value.
    Single,
    /// Members that are there in any case.
    Set,
    /// Entries that are there in any case.
    Object,
    /// Entries of sets with members that are there in any case.
    Sets,
}

const RULES: &[(&str, Kind)] = &[
    ("data.p.deny", Kind::Set),
    ("data.p.sets", Kind::Set),
    ("data.p.objects", Kind::Object),
    ("data.p.map", Kind::Object),
    ("data.p.groups", Kind::Sets),
    ("data.p.r0", Kind::Single),
    ("data.p.r1", Kind::Single),
];

/// What is certain, seen with a filling: a collection with something unknown inside stands for what it was filled to.
struct Filling<'f>(Vec<(&'f Value, &'f Value)>);

impl<'f> Filling<'f> {
    /// Notes what the collections on the way to all that is unknown became.
    fn note(&mut self, root: &str, known: &'f Value, full: &'f Value, unknown: &[Route]) {
        for route in unknown.iter().filter(|route| route.first() == Some(&Value::from(root))) {
            let (mut before, mut after) = (Some(known), Some(full));
            for step in route.iter().skip(1) {
                if let (Some(before), Some(after)) = (before, after) {
                    self.0.push((before, after));
                }
                (before, after) = (before.and_then(|v| v.lookup(step)), after.and_then(|v| v.lookup(step)));
            }
        }
    }

    fn same(&self, certain: &Value, whole: &Value) -> bool {
        certain == whole
            || self.0.iter().any(|(known, full)| *known == certain && *full == whole)
            || match (certain, whole) {
                (Value::Array(some), Value::Array(all)) => {
                    some.len() == all.len() && some.iter().zip(all.iter()).all(|(s, a)| self.same(s, a))
                }
                (Value::Object(some), Value::Object(all)) => {
                    some.iter().count() == all.iter().count() && self.entries(certain, whole)
                }
                (Value::Set(some), Value::Set(_)) => some.iter().all(|member| self.member(member, whole)),
                _ => false,
            }
    }

    fn member(&self, certain: &Value, whole: &Value) -> bool {
        whole.as_set().is_some_and(|all| all.iter().any(|member| self.same(certain, member)))
    }

    fn entries(&self, certain: &Value, whole: &Value) -> bool {
        certain.as_object().is_some_and(|some| {
            some.iter().all(|(key, value)| whole.lookup(key).is_some_and(|there| self.same(value, there)))
        })
    }

    /// Tells whether what is certain is so in this value.
    fn holds(&self, certain: &Value, whole: &Value, kind: Kind) -> bool {
        match kind {
            Kind::Single => self.same(certain, whole),
            Kind::Set => certain.as_set().is_some_and(|some| some.iter().all(|m| self.member(m, whole))),
            Kind::Object => self.entries(certain, whole),
            Kind::Sets => certain.as_object().is_some_and(|some| {
                some.iter().all(|(key, value)| {
                    whole.lookup(key).is_some_and(|there| self.holds(value, there, Kind::Set))
                })
            }),
        }
    }
}

/// Values that policies ask for, and others.
const FILLINGS_OF: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "\"1\"",
    "\"low\"",
    "\"high\"",
    "null",
    "false",
    "true",
    "{}",
    "{\"k\": 1}",
    "{\"m\": 2, \"k\": 3}",
    "[]",
    "[0, 1]",
    "[{\"k\": 2}, {\"k\": 1, \"l\": [1]}]",
    "\"t3.large\"",
    "\"private\"",
    "[\"0.0.0.0/0\"]",
    "{\"Owner\": \"me\"}",
];

/// Puts some value, or none, where one is unknown; one that is not there may come.
fn filled(value: &Value, steps: &[Value], dice: &mut Dice) -> Value {
    let some = |dice: &mut Dice| Value::parse_json(dice.pick(FILLINGS_OF)).expect("JSON");
    let Some((key, below)) = steps.split_first() else { return some(dice) };
    match value {
        Value::Object(entries) => {
            let mut kept: Vec<(Value, Value)> =
                entries.iter().filter(|(have, _)| have != key).cloned().collect();
            match value.lookup(key) {
                Some(inner) if !below.is_empty() => kept.push((key.clone(), filled(inner, below, dice))),
                // What is not there comes with all that the route names below it.
                _ if dice.roll(6) > 0 => {
                    let nest = |inner, step: &Value| Value::object(vec![(step.clone(), inner)]);
                    kept.push((key.clone(), below.iter().rev().fold(some(dice), nest)));
                }
                _ => {}
            }
            Value::object(kept)
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.to_vec();
            let at = key.as_i64().and_then(|at| usize::try_from(at).ok());
            if let Some(slot) = at.and_then(|at| items.get_mut(at)) {
                *slot = filled(slot, below, dice);
            } else if at == Some(items.len()) && below.is_empty() && dice.roll(3) > 0 {
                items.push(some(dice));
            }
            Value::array(items)
        }
        other => other.clone(),
    }
}

/// Values of a root with all that is unknown in it filled in, or with something else in its place.
fn each(
    root: &str,
    value: Value,
    unknown: &[Route],
    change: &mut dyn FnMut(&Value, &[Value]) -> Value,
) -> Value {
    let mut below: Vec<&Route> =
        unknown.iter().filter(|route| route.first() == Some(&Value::from(root))).collect();
    below.sort_by_key(|route| route.len());
    below.into_iter().fold(value, |value, route| change(&value, route.get(1..).unwrap_or_default()))
}

/// What was seen over all triples.
#[derive(Debug, Default)]
struct Seen {
    triples: usize,
    verdicts: usize,
    /// Nothing was left open.
    closed: usize,
    /// Something was left open, and the filling brought it about.
    mattered: usize,
    /// Policies that do not compile.
    refused: usize,
    /// The policy has an error with the filling, or already without.
    failed: usize,
}

/// Tries fillings of what is unknown in one input of one policy.
fn attempt(
    seen: &mut Seen,
    file: &PolicyFile,
    (known, known_data): (&Value, &Value),
    unknown: &[Route],
    rules: &[(&str, Kind)],
    dice: &mut Dice,
) {
    let files = std::slice::from_ref(file);
    let Ok(partly) = session(files, known, known_data.clone()) else {
        seen.refused += 1;
        return;
    };
    let paths: Vec<&str> = rules.iter().map(|(path, _)| *path).collect();
    let verdicts = partly.verdicts(&paths, unknown);
    for _ in 0..FILLINGS {
        seen.triples += 1;
        let full = each("input", known.clone(), unknown, &mut |v, steps| filled(v, steps, dice));
        let full_data = each("data", known_data.clone(), unknown, &mut |v, steps| filled(v, steps, dice));
        let whole: Session = session(files, &full, full_data.clone()).expect("compiled before");
        let mut filling = Filling(Vec::new());
        filling.note("input", known, &full, unknown);
        filling.note("data", known_data, &full_data, unknown);
        for ((path, kind), verdict) in rules.iter().zip(&verdicts) {
            seen.verdicts += 1;
            let (Ok(verdict), Ok(value)) = (verdict, whole.rule(path)) else {
                seen.failed += 1;
                continue;
            };
            seen.closed += usize::from(verdict.is_final());
            seen.mattered += usize::from(!verdict.is_final() && verdict.value != value);
            let right = match &verdict.value {
                Some(certain) if verdict.is_final() => {
                    value.as_ref().is_some_and(|value| filling.same(certain, value))
                }
                None if verdict.is_final() => value.is_none(),
                Some(certain) => value.as_ref().is_some_and(|value| filling.holds(certain, value, *kind)),
                None => true,
            };
            assert!(
                right,
                "{path} is certain to be {:?} and is {value:?}\nunknown {unknown:?}\nleft open {:?}\n\
                 known {known}\nfilled {full}\ndata {full_data}\n{}",
                verdict.value, verdict.unknown, file.source
            );
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a test runs is no matter of the program")]
fn cases() -> usize {
    std::env::var("TRUELINE_SOUND_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
}

fn telling(seen: &Seen) {
    // Neither is everything left open, nor are the fillings without effect, nor is most of it an error.
    assert!(seen.closed * 10 > seen.verdicts, "{seen:?}");
    assert!(seen.mattered * 50 > seen.verdicts, "{seen:?}");
    assert!(seen.refused * FILLINGS * 2 < seen.triples, "{seen:?}");
    assert!(seen.failed * 4 < seen.verdicts, "{seen:?}");
}

#[test]
fn what_is_certain_of_any_policy_holds_for_each_filling() {
    let mut seen = Seen::default();
    for seed in 0.. {
        if seen.triples >= cases() {
            break;
        }
        let mut dice = Dice::of(seed);
        let text = policy(&mut dice);
        let file = PolicyFile { version: Some(Version::V1), ..PolicyFile::new("p.rego", text) };
        let full = input(&mut dice);
        let unknown: Vec<Route> = (0..=dice.roll(2)).map(|_| route(dice.pick(ROUTES))).collect();
        let known = each("input", full, &unknown, &mut |v, steps| without(v, steps, &mut dice));
        let known_data = each("data", data(), &unknown, &mut |v, steps| without(v, steps, &mut dice));
        attempt(&mut seen, &file, (&known, &known_data), &unknown, RULES, &mut dice);
    }
    println!("any policy: {seen:?}");
    telling(&seen);
}

#[test]
fn what_is_certain_of_a_plan_holds_for_each_filling() {
    let mut seen = Seen::default();
    let rules: Vec<(&str, Kind)> = plans::RULES.iter().map(|path| (*path, Kind::Set)).collect();
    for seed in 0.. {
        if seen.triples >= cases() {
            break;
        }
        let mut dice = Dice::of(seed);
        let file = plans::policy(&mut dice);
        let (plan, unknown) = plans::plan(&mut dice);
        let nothing = Value::empty_object();
        attempt(&mut seen, &file, (&plan, &nothing), &unknown, &rules, &mut dice);
    }
    println!("policies over a plan: {seen:?}");
    telling(&seen);
}
