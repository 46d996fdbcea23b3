//! Reads what the provider complains about, and changes the block accordingly.

use serde_json::Value as Json;
use trueline_terraform::schema::BlockSchema;

use super::instance::{Body, Cell, Instance, Path, minimal};

/// Changes without a known place before an instance is given up.
const PATIENCE: u32 = 4;

/// One diagnostic of `terraform validate -json`, at a path of an instance.
pub struct Complaint<'a> {
    /// Path of the line.
    pub path: &'a Path,
    /// Summary and detail.
    pub text: String,
}

impl<'a> Complaint<'a> {
    /// Reads a diagnostic; none for warnings.
    pub fn read(json: &Json, path: &'a Path) -> Option<Self> {
        let part = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default();
        (part("severity") == "error")
            .then(|| Self { path, text: format!("{}\n{}", part("summary"), part("detail")) })
    }
}

/// Changes the instance, or gives it up.
pub fn repair(instance: &mut Instance, schema: &BlockSchema, complaint: &Complaint<'_>) {
    if instance.given_up.is_some() || combination(instance, schema, &complaint.text) {
        return;
    }
    let named = quoted(&complaint.text).into_iter().rev().find_map(|n| {
        let last = n.rsplit('.').find(|p| p.parse::<usize>().is_err())?;
        instance.body.find(last)
    });
    let place = match instance.body.cell(complaint.path).is_some() {
        true => Some(complaint.path.clone()),
        false => named,
    };
    let Some(path) = place else {
        instance.patience += 1;
        if instance.patience > PATIENCE {
            instance.given_up = Some(first_line(&complaint.text));
        }
        return;
    };
    let name = path.last().cloned().unwrap_or_default();
    let Some(cell) = instance.body.cell(&path) else { return };
    if let Some(told) = cell.told.is_none().then(|| one_of(&complaint.text)).flatten() {
        cell.told = Some(match cell.ty {
            trueline_model::Type::List(_) | trueline_model::Type::Set(_) => format!("[{told}]"),
            _ => told,
        });
    } else if let Some(n) = cell.told.is_none().then(|| range(&complaint.text)).flatten() {
        cell.told = Some(match cell.ty {
            trueline_model::Type::Number => n.to_string(),
            _ => format!("\"{}\"", "x".repeat(usize::try_from(n).unwrap_or(1).clamp(1, 64))),
        });
    } else if !cell.next(&name) {
        instance.given_up = Some(first_line(&complaint.text));
    }
}

/// Arguments that exclude or need one another.
fn combination(instance: &mut Instance, schema: &BlockSchema, text: &str) -> bool {
    let needs = [
        "must be specified",
        "is required",
        "one (and only one) of",
        "At least one",
        "at least one",
        "Exactly one",
    ];
    let excludes = [
        "conflicts with",
        "can be specified, but",
        "cannot be specified when",
        "Invalid Attribute Combination\n2 attributes",
    ];
    if excludes.iter().any(|e| text.contains(e)) {
        for name in listed(text) {
            if instance.body.attributes.get(&name).is_some_and(|c| c.optional) {
                instance.body.attributes.remove(&name);
                return true;
            }
        }
        instance.given_up = Some(first_line(text));
        return true;
    }
    if let Some((_, after)) = text.split_once("Block ")
        && let Some((name, _)) = after.split_once(" must have a configuration value")
        && add(&mut instance.body, schema, name)
    {
        return true;
    }
    if !needs.iter().any(|n| text.contains(n)) {
        return false;
    }
    listed(text).iter().any(|name| add(&mut instance.body, schema, name))
}

/// Adds an argument or block of this name; false if it is there or does not exist.
fn add(body: &mut Body, schema: &BlockSchema, name: &str) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, ""), |(a, b)| (a, b));
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if let Some(b) = schema.blocks.get(first) {
        if let Some((_, inner)) = body.blocks.iter_mut().find(|(n, _)| n == first) {
            return !rest.is_empty() && add(inner, &b.block, rest);
        }
        body.blocks.push((first.to_owned(), minimal(&b.block, &[])));
        return true;
    }
    match schema.attributes.get(first) {
        Some(a) if !a.is_read_only() && !body.attributes.contains_key(first) => {
            body.attributes.insert(first.to_owned(), Cell::new(a.ty.clone(), true));
            true
        }
        _ => false,
    }
}

/// Names in backticks or square brackets, `a,b` being two.
fn listed(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (open, close) in [('`', '`'), ('[', ']'), ('"', '"')] {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once(open) {
            let Some((inside, tail)) = after.split_once(close) else { break };
            out.extend(
                inside.split(',').map(|n| n.trim().trim_matches('"').to_owned()).filter(|n| is_name(n)),
            );
            rest = tail;
        }
    }
    out
}

/// Names that a message puts in quotes, or after `expected` and `Attribute`.
fn quoted(text: &str) -> Vec<String> {
    let mut out = listed(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        if let [before, name] = pair
            && matches!(*before, "expected" | "Attribute" | "of")
        {
            let name = name.trim_matches(['"', ':', ',']);
            // `rule[0].name` of the newer framework.
            let plain: String = name.split(['[', ']']).filter(|p| p.parse::<usize>().is_err()).collect();
            if is_name(&plain) {
                out.push(plain);
            }
        }
    }
    out
}

fn is_name(s: &str) -> bool {
    !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'.')
}

/// The first of `to be one of ["a" "b"]`, `must be one of: ["\"a\"" …]`, as HCL.
fn one_of(text: &str) -> Option<String> {
    let after = text.split_once("one of")?.1;
    let inside = after.split_once('[')?.1.split_once(']')?.0;
    let first = inside.split('"').map(|p| p.trim_matches('\\')).find(|p| !p.trim().is_empty())?;
    match inside.contains('"') {
        true => Some(serde_json::Value::from(first).to_string()),
        false => inside.split_whitespace().next().map(str::to_owned),
    }
}

/// The lower end of `in the range (1 - 10)`, or the bound of `at least (3)` and `at most (3)`.
fn range(text: &str) -> Option<i64> {
    let after =
        ["in the range (", "at least (", "at most (", "between "].iter().find_map(|k| text.split_once(k))?.1;
    let digits: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    digits.trim_end_matches('-').parse().ok()
}

fn first_line(text: &str) -> String {
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).take(2).collect::<Vec<_>>().join(": ")
}
