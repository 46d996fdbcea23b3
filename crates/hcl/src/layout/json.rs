//! Properties of JSON syntax.

use trueline_text::{Edit, Span};

use crate::ast::{Body, Item};
use crate::json::{Member, Node, Value, read, read_object};

use super::place::{Manner, indent, shift};
use super::series::{Rules, Series};

/// The text is one of JSON syntax: native syntax never begins with a bracket.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The text as a JSON string.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Replaces a value.
pub(super) fn replace(text: &str, span: Span, value: &str) -> Vec<Edit> {
    vec![Edit::replace(span, fit(text, span.start, value))]
}

/// New text as the lines around `at` are written: on one line in a text of one line, else indented.
fn fit(text: &str, at: u32, new: &str) -> String {
    if is_flat(text) {
        return flat(text, new);
    }
    shift(new, indent(text, at), Manner::at(text, at))
}

/// The text is one line.
pub(super) fn is_flat(text: &str) -> bool {
    !text.trim().contains('\n')
}

/// New text on one line; behind colons and commas stands a space if one stands behind the first colon of the text.
pub(super) fn flat(text: &str, new: &str) -> String {
    let mut out = String::with_capacity(new.len());
    let space = is_spaced(text);
    let (mut quoted, mut escaped) = (false, false);
    for c in new.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            c if c.is_whitespace() => continue,
            ':' | ',' if space => {
                out.push(c);
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

pub(super) fn is_spaced(text: &str) -> bool {
    let mut rest = text.split("\":").skip(1);
    rest.next().is_none_or(|r| r.starts_with([' ', '\t', '\r', '\n']))
}

/// `"name": value`
pub(super) fn member(text: &str, name: &str, value: &str) -> String {
    let colon = if is_spaced(text) { ": " } else { ":" };
    format!("{}{colon}{value}", string(name))
}

/// The object that a body is read from.
fn object_of(text: &str, body: &Body) -> Option<Node> {
    if body.span.start > 0 {
        return read_object(text, body.span.start - 1);
    }
    read(text).ok().filter(|n| matches!(n.value, Value::Object(_)))
}

fn members(node: &Node) -> &[Member] {
    match &node.value {
        Value::Object(members) => members,
        _ => &[],
    }
}

fn series<'t>(text: &'t str, node: &Node) -> Series<'t> {
    let elements = match &node.value {
        Value::Object(members) => members.iter().map(Member::span).collect(),
        Value::Array(nodes) => nodes.iter().map(|n| n.span).collect(),
        _ => Vec::new(),
    };
    let brace = matches!(node.value, Value::Object(_));
    let inside = Span::new(node.span.start + 1, node.span.end.saturating_sub(1));
    Series { text, inside, elements, rules: Rules::Json { brace } }
}

fn append(text: &str, node: &Node, name: &str, value: &str) -> Vec<Edit> {
    let series = series(text, node);
    series.insert(series.elements.len(), &member(text, name, value), true)
}

/// Sets a property of a body.
pub(super) fn set_property(text: &str, body: &Body, name: &str, value: &str) -> Vec<Edit> {
    let Some(node) = object_of(text, body) else { return Vec::new() };
    match members(&node).iter().rfind(|m| m.key.value == name) {
        Some(member) => replace(text, member.value.span, value),
        None => append(text, &node, name, value),
    }
}

/// Adds a block, given as one property, `"name": {…}`: beside the blocks of its type that are there.
pub(super) fn insert_block(text: &str, body: &Body, block: &str) -> Vec<Edit> {
    let wrapped = format!("{{{block}}}");
    let Some(new) = read(&wrapped).ok() else { return Vec::new() };
    let ([property], Some(node)) = (members(&new), object_of(text, body)) else { return Vec::new() };
    let value = property.value.span.text(&wrapped);
    insert_value(text, &node, &property.key.value, value)
}

/// Sets a property, or puts the value beside the one it has, in a list.
fn insert_value(text: &str, node: &Node, name: &str, value: &str) -> Vec<Edit> {
    let Some(old) = members(node).iter().rfind(|m| m.key.value == name) else {
        return append(text, node, name, value);
    };
    if let Value::Array(nodes) = &old.value.value {
        return series(text, &old.value).insert(nodes.len(), value, true);
    }
    let value = fit(text, old.value.span.start, value);
    vec![Edit::insert(old.value.span.start, "["), Edit::insert(old.value.span.end, format!(", {value}]"))]
}

/// Adds `value` under a path of properties, such as `resource`, its type and its name, in the object that a
/// body is read from; objects that are missing on the way are made. What stands there already stays: the
/// value goes beside it.
pub fn insert_json(text: &str, body: &Body, path: &[&str], value: &str) -> Vec<Edit> {
    let Some(root) = object_of(text, body) else { return Vec::new() };
    let mut node = &root;
    let mut rest = path;
    while let [name, below @ ..] = rest {
        let next = members(node).iter().rfind(|m| m.key.value == *name).map(|m| &m.value);
        // In a list of objects, the last one takes it.
        let next = match next.map(|n| (n, &n.value)) {
            Some((_, Value::Array(nodes))) if !below.is_empty() => nodes.last(),
            Some((n, _)) => Some(n),
            None => None,
        };
        match next {
            Some(next) if !below.is_empty() && matches!(next.value, Value::Object(_)) => {
                node = next;
                rest = below;
            }
            _ => {
                let mut value = value.to_owned();
                for name in below.iter().rev() {
                    let inner = value.replace('\n', "\n  ");
                    value = format!("{{\n  {}: {inner}\n}}", string(name));
                }
                return insert_value(text, node, name, &value);
            }
        }
    }
    Vec::new()
}

/// Takes a property away, or a block; an object or list that held nothing else goes with it.
pub(super) fn remove_item(text: &str, body: &Body, item: &Item) -> Vec<Edit> {
    let Some(node) = object_of(text, body) else { return Vec::new() };
    let mut path = Vec::new();
    if !find(&node, item.span(), &mut path) {
        return Vec::new();
    }
    // The innermost container that keeps something, or the outermost.
    let keep = path.iter().rposition(|(n, _)| series(text, n).elements.len() > 1).unwrap_or(0);
    match path.get(keep) {
        Some((container, at)) => series(text, container).remove(*at),
        None => Vec::new(),
    }
}

/// The way down to the element that is, or whose value is, the span.
fn find<'n>(node: &'n Node, span: Span, path: &mut Vec<(&'n Node, usize)>) -> bool {
    let children: Vec<(Span, &Node)> = match &node.value {
        Value::Object(members) => members.iter().map(|m| (m.span(), &m.value)).collect(),
        Value::Array(nodes) => nodes.iter().map(|n| (n.span, n)).collect(),
        _ => return false,
    };
    for (at, (whole, child)) in children.into_iter().enumerate() {
        if !whole.contains(span) {
            continue;
        }
        path.push((node, at));
        return whole == span || child.span == span || find(child, span, path);
    }
    false
}
