//! One resource or data source of a plan.

use serde_json::Value as Json;
use trueline_model::{Mode, Type};

use super::literal::{Writer, hide, push, quoted};
use super::origins::Origins;
use super::shape::{Many, Shape, Shapes};
use super::tree::Tree;

/// Writes the comment, the head and the body of a change.
pub fn write(
    out: &mut String,
    change: &Json,
    shapes: &Shapes,
    deferred: bool,
    origins: Option<&Origins<'_>>,
) {
    let text = |name: &str| change.get(name).and_then(Json::as_str).unwrap_or_default();
    let (address, kind) = (text("address"), text("type"));
    let data = text("mode") == "data";
    let (comment, sign, word) = match (data, deferred) {
        (_, true) => ("may be created", "  +", if data { "data" } else { "resource" }),
        (true, false) => ("will be read during apply", " <=", "data"),
        (false, false) => ("will be created", "  +", "resource"),
    };
    out.push_str(&format!("  # {address} {comment}\n"));
    if data && !deferred {
        out.push_str("  # (config refers to values not yet known)\n");
    }
    out.push_str(&format!("{sign} {word} {} {} {{\n", quoted(kind), quoted(text("name"))));
    let mode = if data { Mode::Data } else { Mode::Managed };
    let shape = shapes.get(text("provider_name"), mode, kind);
    let tree = Tree::of(change.get("change").unwrap_or(&Json::Null));
    let writer = Writer { origins: origins.map(|o| (o, address)) };
    body(&writer, out, 6, &tree, shape, true);
    out.push_str("    }\n");
}

/// Attributes, then blocks, both by name.
fn body(
    writer: &Writer<'_>,
    out: &mut String,
    indent: usize,
    tree: &Tree<'_>,
    shape: Option<&Shape>,
    top: bool,
) {
    let blocks = |name: &str| shape.and_then(|s| s.blocks.get(name));
    let mut members = Vec::new();
    let mut hidden = 0;
    for name in tree.names().into_iter().filter(|n| blocks(n).is_none()) {
        let mut member = tree.member(name);
        let attribute = shape.and_then(|s| s.attributes.get(name));
        member.ty = attribute.map(|a| a.ty.clone());
        member.write_only = attribute.is_some_and(|a| a.write_only);
        if member.is_null() && !member.write_only {
            continue;
        }
        if member.is_empty_text() && !top {
            hidden += 1;
            continue;
        }
        members.push((name.to_owned(), member));
    }
    writer.members(out, indent, &members);
    hide(out, indent + 2, hidden);
    for name in tree.names() {
        let Some(block) = blocks(name) else { continue };
        let inner = tree.member(name);
        if inner.is_unknown() {
            gap(out);
            head(out, indent, name);
            out.push_str(" (known after apply)\n");
            continue;
        }
        if inner.len() > 0 || inner.is_object() {
            gap(out);
        }
        match block.many {
            Many::One if inner.is_object() => {
                one(writer, out, indent, (name, None), &inner, &block.shape);
            }
            Many::Map => {
                for label in inner.names() {
                    one(writer, out, indent, (name, Some(label)), &inner.member(label), &block.shape);
                }
            }
            _ if inner.is_sensitive() && inner.len() > 0 => {
                head(out, indent, name);
                out.push_str(" {\n");
                push(out, indent + 4);
                out.push_str("# At least one attribute in this block is (or was) sensitive,\n");
                push(out, indent + 4);
                out.push_str("# so its contents will not be displayed.\n");
                push(out, indent + 2);
                out.push_str("}\n");
            }
            _ => {
                for i in 0..inner.len() {
                    one(writer, out, indent, (name, None), &inner.element(i), &block.shape);
                }
            }
        }
    }
}

/// An empty line, unless nothing stands before it in its block.
fn gap(out: &mut String) {
    if !out.ends_with("{\n") {
        out.push('\n');
    }
}

fn head(out: &mut String, indent: usize, name: &str) {
    push(out, indent);
    out.push_str("+ ");
    out.push_str(name);
}

fn one(
    writer: &Writer<'_>,
    out: &mut String,
    indent: usize,
    (name, label): (&str, Option<&str>),
    tree: &Tree<'_>,
    shape: &Shape,
) {
    head(out, indent, name);
    if let Some(label) = label {
        out.push(' ');
        out.push_str(&quoted(label));
    }
    out.push_str(" {");
    if tree.is_unknown() {
        out.push_str(" (known after apply) }\n");
        return;
    }
    out.push('\n');
    let mut inner = tree.clone();
    inner.ty = None::<Type>;
    body(writer, out, indent + 4, &inner, Some(shape), false);
    push(out, indent + 2);
    out.push_str("}\n");
}
