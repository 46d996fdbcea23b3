//! Objects as bodies.

use trueline_text::Span;

use crate::ast::{Attribute, Block, Body, Ident, Item, Label, SyntaxError};

use super::expr::{Strings, expr};
use super::{Member, Node, Value};

/// How many labels the blocks at the top of a configuration have.
fn labels(kind: &str) -> Option<usize> {
    Some(match kind {
        "resource" | "data" | "ephemeral" => 2,
        "provider" | "variable" | "output" | "module" | "check" => 1,
        "terraform" | "language" | "locals" | "moved" | "import" | "removed" => 0,
        _ => return None,
    })
}

/// What the strings of a block's property are: Terraform reads some of them without anything to refer to.
fn strings(kind: &str, name: &str) -> Strings {
    match (kind, name) {
        ("variable", "default" | "description" | "type")
        | ("output", "description")
        | ("module", "source" | "version") => Strings::Literal,
        _ => Strings::Templates,
    }
}

/// The content of a file of values: properties that are taken as they stand.
pub(super) fn values(text: &str, node: &Node, body: &mut Body, errors: &mut Vec<SyntaxError>) {
    match &node.value {
        Value::Object(members) => {
            for member in members.iter().filter(|m| m.key.value != "//") {
                body.items.extend(attribute(text, member, Strings::Literal, errors).map(Item::Attribute));
            }
        }
        Value::Array(nodes) => {
            for node in nodes {
                match node.value {
                    Value::Object(_) => values(text, node, body, errors),
                    _ => errors.push(not_an_object(node, "each element of the file's list")),
                }
            }
        }
        _ => errors.push(not_an_object(node, "the content of a file of values")),
    }
}

/// The content of a whole file: an object, or a list of such.
pub(super) fn file(text: &str, node: &Node, body: &mut Body, errors: &mut Vec<SyntaxError>) {
    match &node.value {
        Value::Object(members) => {
            for member in members.iter().filter(|m| m.key.value != "//") {
                match labels(&member.key.value) {
                    Some(count) => unfold(text, member, count, &mut body.items, errors),
                    None => {
                        let found = attribute(text, member, Strings::Templates, errors);
                        body.items.extend(found.map(Item::Attribute));
                    }
                }
            }
        }
        Value::Array(nodes) => {
            for node in nodes {
                match node.value {
                    Value::Object(_) => file(text, node, body, errors),
                    _ => errors.push(not_an_object(node, "each element of the file's list")),
                }
            }
        }
        _ => errors.push(not_an_object(node, "the content of a configuration file")),
    }
}

fn not_an_object(node: &Node, what: &str) -> SyntaxError {
    let found = match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    SyntaxError { message: format!("{what} is an object, found {found}"), help: None, span: node.span }
}

/// A property of a body, as an attribute.
fn attribute(
    text: &str,
    member: &Member,
    strings: Strings,
    errors: &mut Vec<SyntaxError>,
) -> Option<Attribute> {
    let name = Ident { text: member.key.value.as_str().into(), span: member.key.span };
    let expr = expr(text, &member.value, strings, errors)?;
    Some(Attribute { name, equals: member.colon, expr, span: member.span() })
}

/// A block type's property: objects by label, down to the bodies.
fn unfold(text: &str, member: &Member, count: usize, items: &mut Vec<Item>, errors: &mut Vec<SyntaxError>) {
    let kind = Ident { text: member.key.value.as_str().into(), span: member.key.span };
    let mut labels = Vec::new();
    blocks(text, &kind, &mut labels, count, &member.value, items, errors);
}

fn blocks(
    text: &str,
    kind: &Ident,
    labels: &mut Vec<Label>,
    missing: usize,
    node: &Node,
    items: &mut Vec<Item>,
    errors: &mut Vec<SyntaxError>,
) {
    match &node.value {
        // No block at all.
        Value::Null => {}
        Value::Array(nodes) => {
            for node in nodes {
                match node.value {
                    Value::Array(_) => errors.push(not_an_object(node, &format!("each `{}`", kind.text))),
                    _ => blocks(text, kind, labels, missing, node, items, errors),
                }
            }
        }
        Value::Object(members) if missing > 0 => {
            for member in members.iter().filter(|m| m.key.value != "//") {
                labels.push(Label {
                    text: member.key.value.as_str().into(),
                    span: member.key.span,
                    quoted: true,
                });
                blocks(text, kind, labels, missing - 1, &member.value, items, errors);
                labels.pop();
            }
        }
        Value::Object(members) => {
            let body = content(text, &kind.text, node.span, members, errors);
            let (start, end) = (node.span.start, node.span.end);
            items.push(Item::Block(Block {
                kind: kind.clone(),
                labels: labels.clone(),
                open: Span::new(start, start + 1),
                body,
                close: Span::new(end - 1, end),
                span: node.span,
            }));
        }
        _ => errors.push(not_an_object(node, &format!("a `{}`", kind.text))),
    }
}

/// The properties of an object as the content of a block.
fn content(text: &str, kind: &str, span: Span, members: &[Member], errors: &mut Vec<SyntaxError>) -> Body {
    let mut items: Vec<Item> = Vec::new();
    let mut names = std::collections::HashSet::new();
    for member in members.iter().filter(|m| m.key.value != "//") {
        if !names.insert(&member.key.value) {
            errors.push(SyntaxError {
                message: format!("the property `{}` is set twice", member.key.value),
                help: Some("put several blocks of one type into one list".to_owned()),
                span: member.key.span,
            });
            continue;
        }
        let strings = strings(kind, &member.key.value);
        items.extend(attribute(text, member, strings, errors).map(Item::Attribute));
    }
    Body { items, span: Span::new(span.start + 1, span.end - 1), json: true, ..Body::default() }
}
