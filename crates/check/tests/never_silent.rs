//! No rule falls silent: where it says fail or unknown, it still says one of them after any value of the resource became unknown,
//! after the resource became one that may not exist, and after the provider's schema went away.
//!
//! Asked of all examples and cases of all rules.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing)] // a test that reads the workspace as it is

#[path = "support/settled.rs"]
mod settled;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use settled::{Checked, checked, judged};
use trueline_model::{Condition, Kind, Plan, Reason, Segment, Type, Value};
use trueline_rules::{Entry, entries};

/// The texts that a rule shows or is tested with.
fn texts(entry: &Entry) -> Vec<(String, String)> {
    let rule = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(entry.path);
    ["cases.tf", "avoid.tf"]
        .iter()
        .filter_map(|n| {
            Some((format!("{} {n}", entry.id), std::fs::read_to_string(rule.with_file_name(n)).ok()?))
        })
        .collect()
}

/// The resources of which the rule says something.
fn spoken_of(rule: &str, c: &trueline_check::Report) -> BTreeSet<String> {
    c.findings.iter().filter(|f| f.rule == rule).map(|f| f.subject.clone()).collect()
}

/// The ways to all values that are given, not into documents.
fn ways(v: &Value, at: &mut Vec<Segment>, out: &mut Vec<Vec<Segment>>) {
    if v.is_unset() || v.is_unknown() {
        return;
    }
    if !at.is_empty() {
        out.push(at.clone());
    }
    let inner: Vec<(Segment, &Value)> = match (v.as_items(), v.as_entries()) {
        (Some(items), _) => (0u32..).zip(items).map(|(i, x)| (Segment::Index(i), x)).collect(),
        (_, Some(m)) => m.iter().map(|(k, x)| (Segment::Name(k.clone()), x)).collect(),
        _ => Vec::new(),
    };
    for (step, x) in inner {
        at.push(step);
        ways(x, at, out);
        at.pop();
    }
}

/// The same value, unknown at the end of the way.
fn unknown_at(v: &Value, way: &[Segment]) -> Value {
    let Some((step, rest)) = way.split_first() else {
        let ty = match &v.kind {
            Kind::String(_) => Type::String,
            Kind::Bool(_) => Type::Bool,
            Kind::Number(_) => Type::Number,
            _ => Type::Any,
        };
        return Value::unknown(ty, Reason::Variable("x".into())).with_origin(v.origin.clone());
    };
    let mut out = v.clone();
    match (&mut out.kind, step) {
        (Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items), Segment::Index(i)) => {
            let items = Arc::make_mut(items);
            items[*i as usize] = unknown_at(&items[*i as usize], rest);
        }
        (Kind::Map(_, m) | Kind::Object(m), Segment::Name(n)) => {
            let m = Arc::make_mut(m);
            let inner = unknown_at(&m[n], rest);
            m.insert(n.clone(), inner);
        }
        _ => {}
    }
    out
}

/// The resources that one refers to: what is said of a companion may be said of whom it serves instead.
fn served(c: &Checked, subject: &str) -> BTreeSet<String> {
    let all = c.plan.resources.iter().filter(|r| r.address.to_string() == subject);
    all.flat_map(|r| r.links.iter().map(|l| l.to.to_string())).collect()
}

/// What changes about a plan, and which resources must still be spoken of.
fn ask(
    entry: &Entry,
    name: &str,
    c: &Checked,
    changed: &Plan,
    subject: &str,
    how: &str,
    silent: &mut Vec<String>,
) {
    let after = spoken_of(entry.id, &judged(entry.id, changed, &c.parsed));
    let served = served(c, subject);
    if !after.contains(subject) && after.is_disjoint(&served) {
        silent.push(format!("{name}: nothing is said of `{subject}` once {how}"));
    }
}

#[test]
fn no_rule_falls_silent() {
    let (mut silent, mut asked) = (Vec::new(), 0);
    for entry in entries() {
        for (name, text) in texts(entry) {
            let c = checked(entry.id, &text);
            for subject in spoken_of(entry.id, &c.report) {
                let Some(at) = c.plan.resources.iter().position(|r| r.address.to_string() == subject) else {
                    continue;
                };
                let mut all = Vec::new();
                ways(&c.plan.resources[at].values, &mut Vec::new(), &mut all);
                for way in all {
                    let mut changed = c.plan.clone();
                    changed.resources[at].values = unknown_at(&changed.resources[at].values, &way);
                    let route = trueline_model::Route(way);
                    ask(
                        entry,
                        &name,
                        &c,
                        &changed,
                        &subject,
                        &format!("`{route}` is not known"),
                        &mut silent,
                    );
                    asked += 1;
                }
                let mut changed = c.plan.clone();
                let r = &mut changed.resources[at];
                r.deferred = true;
                r.conditions = vec![Condition { id: "x".into(), why: Reason::Variable("x".into()) }];
                ask(entry, &name, &c, &changed, &subject, "it may not exist", &mut silent);
            }
            // The provider under a name of which no schema is known.
            let fork = "terraform {\n  required_providers {\n    aws = { source = \"registry.example.com/acme/other\" }\n  }\n}\n";
            // Rules of the schema itself have nothing to say without one.
            if text.contains("required_providers") || entry.id.starts_with("terraform/schema/") {
                continue;
            }
            let forked = checked(entry.id, &format!("{text}\n{fork}"));
            let (before, after) = (spoken_of(entry.id, &c.report), spoken_of(entry.id, &forked.report));
            for subject in before.difference(&after).filter(|s| after.is_disjoint(&served(&c, s))) {
                silent.push(format!("{name}: nothing is said of `{subject}` once no schema is known"));
            }
        }
    }
    assert!(silent.is_empty(), "{} of {asked}:\n{}", silent.len(), silent.join("\n"));
    assert!(asked > 300, "{asked}");
}
