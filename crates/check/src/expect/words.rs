//! The words of findings that follow from expectations.

use serde_json::Value as Json;
use trueline_model::{Resource, Route, Segment, Value};

use super::read::{Ask, Expectation};
use super::test::{Comparison, Test, is_filled_in, is_nothing, shown};
use crate::element::Element;

/// Longest value that is shown whole, in characters.
const MOST: usize = 60;

/// What a value is that should be another: `` `multi_az` is false ``.
pub(super) fn is(test: &Test, route: &Route, value: Option<&Value>, resource: &Resource) -> String {
    let name = name(route, resource);
    if let Comparison::Has(tests) = &test.kind {
        return format!("no `{name}` is there where {}", sides(tests, " and "));
    }
    let Some(v) = value.filter(|v| !is_nothing(v)) else { return format!("`{name}` is not set") };
    if is_filled_in(v)
        && (test.stated || matches!(test.kind, Comparison::Equals(_) | Comparison::Includes(_)))
    {
        return format!("`{name}` is not set");
    }
    let shown = quoted(v);
    match &test.kind {
        Comparison::AtLeast(n) => format!("`{name}` is {shown}, less than {n}"),
        Comparison::AtMost(n) => format!("`{name}` is {shown}, more than {n}"),
        Comparison::Includes(all) => format!("`{name}` lacks {}", lacking(v, all)),
        Comparison::Absent => format!("`{name}` is set"),
        Comparison::In(all) => format!("`{name}` is {shown}, not {}", one_of(all)),
        Comparison::Equals(wanted) if !wanted.is_boolean() => {
            format!("`{name}` is {shown}, not {}", json(wanted))
        }
        _ => format!("`{name}` is {shown}"),
    }
}

/// That a block is not there.
pub(super) fn no_block(block: &Route) -> String {
    format!("there is no `{}` block", plain(block))
}

/// An element of `unknown`.
pub(super) fn undecided(e: &Expectation, at: &Route, why: &str) -> Element {
    let what = e.what.clone().unwrap_or_else(|| wanted(e));
    Element {
        message: format!("whether {what} can't be decided: {why}"),
        route: at.clone(),
        why: Some(why.to_owned()),
        help: None,
        severity: None,
        effects: Vec::new(),
        needs: Vec::new(),
        operations: Vec::new(),
        ..e.beside.clone()
    }
}

/// What is asked, as a sentence without `must`: `` `deletion_protection` is true ``.
pub(super) fn wanted(e: &Expectation) -> String {
    match &e.ask {
        Ask::Attribute { each, route, test } => {
            let each = each.iter().flat_map(|r| r.0.iter());
            let whole = e.base.0.iter().chain(each).chain(&route.0).cloned().collect();
            format!("`{}` {}", plain(&Route(whole)), clause("is", test))
        }
        Ask::Companion { kind, tests, .. } if tests.is_empty() => format!("a `{kind}` refers to it"),
        Ask::Companion { kind, tests, .. } => {
            format!("a `{kind}` refers to it in which {}", sides(tests, " and "))
        }
    }
}

/// What is asked, for people and assistants: `` `aws_db_instance.deletion_protection` must be true ``.
pub(super) fn requirement(e: &Expectation, kind: &str) -> String {
    let ask = match &e.ask {
        Ask::Attribute { each, route, test } => {
            let whole = each.iter().flat_map(|r| r.0.iter()).chain(&route.0).cloned().collect();
            format!("`{kind}.{}` {}", plain(&Route(whole)), clause("must be", test))
        }
        Ask::Companion { kind: other, link, tests } => {
            let all: Vec<String> =
                tests.iter().map(|(r, t)| format!("`{}` {}", plain(r), clause("must be", t))).collect();
            let more = if all.is_empty() { String::new() } else { format!(", where {}", all.join(" and ")) };
            format!("`{kind}` must have a `{other}` whose `{}` refers to it{more}", link.0)
        }
    };
    let side = |tests: &[(Route, Test)], word: &str| match tests {
        [] => String::new(),
        all => format!(", {word} {}", sides(all, if word == "if" { " and " } else { " or " })),
    };
    format!("{ask}{}{}", side(&e.when, "if"), side(&e.unless, "unless"))
}

/// `` `engine` is "mysql" and `multi_az` is true ``.
fn sides(tests: &[(Route, Test)], between: &str) -> String {
    let all: Vec<String> = tests.iter().map(|(r, t)| format!("`{}` {}", plain(r), clause("is", t))).collect();
    all.join(between)
}

/// `is true`, `must be at least 7`.
fn clause(be: &str, test: &Test) -> String {
    let may = if be == "is" { "does not match" } else { "must not match" };
    let has = if be == "is" { "has" } else { "must have" };
    let words = match &test.kind {
        Comparison::Equals(v) => format!("{be} {}", json(v)),
        Comparison::In(all) => format!("{be} {}", one_of(all)),
        Comparison::NotIn(all) => format!("{} {}", not(be), one_of(all)),
        Comparison::AtLeast(n) => format!("{be} at least {n}"),
        Comparison::AtMost(n) => format!("{be} at most {n}"),
        Comparison::Matches(r) => format!("{} `{r}`", if be == "is" { "matches" } else { "must match" }),
        Comparison::Never(r) => format!("{may} `{r}`"),
        Comparison::Set => format!("{be} set"),
        Comparison::Absent => format!("{} set", not(be)),
        Comparison::Has(tests) => format!("{has} one where {}", sides(tests, " and ")),
        Comparison::Includes(all) => format!("{has} {}", all.iter().map(json).collect::<Vec<_>>().join(", ")),
    };
    let or: Vec<String> = test.or.iter().map(json).collect();
    let or = if or.is_empty() { String::new() } else { format!(" or {}", or.join(" or ")) };
    let unset = if test.or_unset { " or not set" } else { "" };
    format!("{words}{or}{unset}")
}

fn not(be: &str) -> &'static str {
    if be == "is" { "is not" } else { "must not be" }
}

/// The name of a place: without indexes, except where there are several.
fn name(route: &Route, resource: &Resource) -> String {
    let mut out = Route::root();
    let mut so_far = Route::root();
    for step in &route.0 {
        if let Segment::Index(_) = step {
            let one = resource.values.at(&so_far).and_then(Value::as_items).is_none_or(|i| i.len() <= 1);
            let scalar = resource
                .values
                .at(&so_far)
                .and_then(Value::as_items)
                .is_some_and(|i| i.iter().all(|x| x.as_entries().is_none()));
            if !one && !scalar {
                out.0.push(step.clone());
            }
        } else {
            out.0.push(step.clone());
        }
        so_far.0.push(step.clone());
    }
    out.to_string()
}

/// A route without indexes.
pub(super) fn plain(route: &Route) -> String {
    let names = route.0.iter().filter(|s| matches!(s, Segment::Name(_))).cloned().collect();
    Route(names).to_string()
}

fn quoted(v: &Value) -> String {
    if v.is_secret() {
        return "sensitive".to_owned();
    }
    match (shown(v), v.as_str()) {
        (Some(text), Some(_)) => format!("\"{}\"", cut(&text)),
        (Some(text), None) => cut(&text),
        _ => "set".to_owned(),
    }
}

fn cut(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

fn json(v: &Json) -> String {
    match v {
        Json::String(s) => format!("\"{s}\""),
        other => other.to_string(),
    }
}

fn one_of(all: &[Json]) -> String {
    let all: Vec<String> = all.iter().map(json).collect();
    match all.as_slice() {
        [] => "anything".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn lacking(v: &Value, all: &[Json]) -> String {
    let items = v.as_items().unwrap_or(std::slice::from_ref(v));
    let missing: Vec<String> =
        all.iter().filter(|j| !items.iter().any(|x| super::test::same(x, j))).map(json).collect();
    missing.join(", ")
}
