//! The document that the text of a result holds, and what can be seen of a result that is not known.
//!
//! What enters: the arguments as they were given and the result. What leaves: the result's document. It changes nothing
//! of the result itself, which is as known as Terraform says.

use std::collections::BTreeMap;
use std::sync::Arc;

use trueline_model::{Kind, Type, Value, Via};
use trueline_text::{Location, Span};

use super::MAX_ELEMENTS;
use trueline_provider::convert::convert;
use trueline_provider::document::{self, Ground, Piece, REST, elements, members, seen};

/// The document of what a function made.
pub(super) fn of(name: &'static str, args: &[Value], out: &Value, at: Location) -> Option<Arc<Value>> {
    let via = || Via::Function(name.into());
    let begins = |text: &str| text.trim_start().is_empty() || text.trim_start().starts_with(['{', '[']);
    let found = match &out.kind {
        Kind::String(text) if !document::may_be(text) => None,
        Kind::Unknown(u) if u.prefix.as_deref().is_some_and(|p| !begins(p)) => None,
        Kind::String(text) => {
            let pieces =
                pieces(name, args).and_then(|p| document::read(&p, &Ground::Call { at, via: via() }));
            let found = pieces.or_else(|| document::of_made(text, &flat(args), at, via()));
            found.map(|d| Value { sensitive: d.sensitive | out.sensitive, ..d })
        }
        Kind::Unknown(u) => match pieces(name, args) {
            Some(p) => document::read(&p, &Ground::Call { at, via: via() }),
            None => unknown(name, args, u.ty == Type::String),
        },
        _ => None,
    };
    // What an argument is marked with as a whole goes to the whole; texts that stay what they are keep the marks of their parts.
    let kept = matches!(name, "trimspace" | "chomp" | "tostring" | "indent" | "trim" | "replace");
    let whole = matches!(name, "sensitive" | "ephemeralasnull") || !kept && args.iter().any(Value::is_secret);
    found.map(|d| Arc::new(Value { sensitive: d.sensitive || whole, ..d }))
}

/// Arguments and the texts in lists among them.
fn flat(args: &[Value]) -> Vec<Value> {
    let inner = |v: &Value| v.as_items().map_or_else(|| vec![v.clone()], <[Value]>::to_vec);
    args.iter().flat_map(inner).take(64).collect()
}

/// What is seen of an unknown result.
fn unknown(name: &str, args: &[Value], text: bool) -> Option<Value> {
    let first = args.first()?;
    match name {
        // What leaves a document what it is.
        "trimspace" | "chomp" | "sensitive" | "nonsensitive" | "ephemeralasnull" | "tostring" | "tomap" => {
            first.document.as_deref().cloned()
        }
        "indent" => args.get(1)?.document.as_deref().cloned(),
        "trim" => {
            let white = args.get(1)?.as_str()?.chars().all(char::is_whitespace);
            first.document.as_deref().filter(|_| white).cloned()
        }
        "replace" => {
            let (from, to) = (args.get(1)?.as_str()?, args.get(2)?.as_str()?);
            let document =
                first.document.as_deref().filter(|_| inside_strings(from) && inside_strings(to))?;
            Some(replaced(document, from, to))
        }
        "coalesce" => {
            let taken = args.iter().find(|a| !a.is_null() && a.as_str() != Some(""))?;
            let Kind::Unknown(u) = &taken.kind else { return None };
            // A document is neither null nor empty.
            (u.not_null && taken.document.is_some()).then(|| taken.document.as_deref().cloned()).flatten()
        }
        _ if text => None,
        "concat" | "setunion" => {
            let all: Vec<Value> = args.iter().flat_map(elements).take(MAX_ELEMENTS).collect();
            Some(Value::tuple(all))
        }
        "sort" | "reverse" | "tolist" | "toset" | "distinct" | "compact" => {
            Some(Value::tuple(elements(first)))
        }
        "flatten" => {
            let mut out = Vec::new();
            flatten(first, &mut out, 0);
            Some(Value::tuple(out))
        }
        "values" => Some(Value::tuple(members(first).into_values().collect())),
        "merge" => Some(merged(args)),
        "coalescelist" => {
            let items = seen(args.first()?)?.as_items()?;
            items.iter().any(|i| !i.is_unknown()).then(|| Value::tuple(items.to_vec()))
        }
        _ => None,
    }
}

fn flatten(v: &Value, out: &mut Vec<Value>, depth: usize) {
    for item in elements(v) {
        if out.len() >= MAX_ELEMENTS {
            return;
        }
        let nested = seen(&item).is_some_and(|s| s.as_items().is_some());
        if nested && depth < trueline_provider::convert::MAX_DEPTH {
            flatten(&item, out, depth + 1);
        } else {
            out.push(item);
        }
    }
}

/// Later members take the place of earlier ones; those that are not seen may take the place of any.
fn merged(args: &[Value]) -> Value {
    let mut out: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    for arg in args {
        let members = members(arg);
        if members.contains_key(REST) {
            out.clear();
        }
        out.extend(members);
    }
    Value::object(out)
}

/// True for a text that can stand only inside of a JSON string, whole and without escapes.
fn inside_strings(s: &str) -> bool {
    let regex = s.len() > 1 && s.starts_with('/') && s.ends_with('/');
    let outside = |c: char| matches!(c, '"' | '\\' | '{' | '}' | '[' | ']' | ',') || c.is_whitespace();
    let word = |s: &str| "true false null".split(' ').any(|w| w.contains(s));
    let number = s.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E' | ':'));
    !regex && !s.contains(outside) && (s.is_empty() || !word(s) && !number)
}

/// The document with each known text changed; what is unknown in it may hold what is replaced.
fn replaced(v: &Value, from: &str, to: &str) -> Value {
    let each = |items: &[Value]| Arc::new(items.iter().map(|i| replaced(i, from, to)).collect::<Vec<_>>());
    let kind = match &v.kind {
        Kind::String(s) if s.contains(from) => {
            return Value {
                origin: v.origin.as_ref().map(|o| {
                    trueline_model::Origin::step(o.at, Via::Function("replace".into()), Some(o.clone()))
                }),
                ..Value { kind: Kind::String(s.replace(from, to).into()), ..v.clone() }
            };
        }
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => Kind::Tuple(each(items)),
        Kind::Map(_, entries) | Kind::Object(entries) => {
            let member = |(k, v): (&Arc<str>, &Value)| (k.replace(from, to).into(), replaced(v, from, to));
            Kind::Object(Arc::new(entries.iter().map(member).collect()))
        }
        Kind::Unknown(u) => {
            let mut u = (**u).clone();
            u.prefix = None;
            u.suffix = None;
            let document = v.document.as_deref().map(|d| Arc::new(replaced(d, from, to)));
            return Value { kind: Kind::Unknown(Arc::new(u)), document, ..v.clone() };
        }
        kind => kind.clone(),
    };
    Value { kind, ..v.clone() }
}

/// The pieces of text of which these functions make one, in order.
fn pieces(name: &str, args: &[Value]) -> Option<Vec<Piece>> {
    match name {
        "join" => joined(args),
        "format" => formatted(args),
        _ => None,
    }
}

fn piece(v: &Value) -> Option<Piece> {
    let v = convert(v, &Type::String).ok().filter(|v| !v.is_null())?;
    Some(Piece { text: v.as_str().unwrap_or("").into(), value: Some(v), span: Span::at(0) })
}

/// Text of the argument `from` that is only a part of it.
fn part(text: &str, from: &Value) -> Piece {
    let value = Value { kind: Kind::String(text.into()), document: None, ..from.clone() };
    Piece { text: text.into(), value: Some(value), span: Span::at(0) }
}

fn joined(args: &[Value]) -> Option<Vec<Piece>> {
    let (separator, lists) = args.split_first()?;
    let separator_text = separator.as_str()?;
    let mut out: Vec<Piece> = Vec::new();
    for list in lists {
        let items = match list.as_items() {
            Some(items) => items.to_vec(),
            // Any number of texts of which nothing is known.
            None => vec![Value { document: None, ..list.clone() }],
        };
        for item in items {
            if !out.is_empty() && !separator_text.is_empty() {
                out.push(part(separator_text, separator));
            }
            match &item.kind {
                Kind::Unknown(u) if u.ty != Type::String => {
                    let unknown = Value::unknown(Type::String, u.reason.clone());
                    let value = Value { origin: item.origin.clone(), sensitive: item.sensitive, ..unknown };
                    out.push(Piece { text: "".into(), value: Some(value), span: Span::at(0) });
                }
                _ => out.push(piece(&item)?),
            }
        }
    }
    Some(out)
}

/// Only with verbs that put an argument in as it is.
fn formatted(args: &[Value]) -> Option<Vec<Piece>> {
    let (format, args) = args.split_first()?;
    let mut out = Vec::new();
    let mut rest = format.as_str()?;
    let mut args = args.iter();
    while let Some((before, after)) = rest.split_once('%') {
        if !before.is_empty() {
            out.push(part(before, format));
        }
        rest = match after.chars().next()? {
            '%' => {
                out.push(part("%", format));
                after.get(1..)?
            }
            's' | 'v' | 'd' => {
                out.push(piece(args.next()?)?);
                after.get(1..)?
            }
            _ => return None,
        };
    }
    if !rest.is_empty() {
        out.push(part(rest, format));
    }
    Some(out)
}
