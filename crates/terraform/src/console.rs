//! Single expressions, as `terraform console` evaluates and prints them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use trueline_hcl::Expr;
use trueline_model::{Kind, Note, NoteKind, Type, Value};
use trueline_text::{FileId, Files, Location, Memory};

use crate::evaluation::scope::ModuleScope;
use crate::evaluation::{Each, World};
use crate::expression::Evaluator;
use crate::inputs::Inputs;
use crate::parsed::Parsed;

/// Stack of the thread that evaluates.
const STACK: usize = 256 << 20;

/// The value of an expression in an empty module.
///
/// # Errors
/// What is wrong with it; places are offsets into the text, of a file that does not exist.
pub fn console(text: &str) -> Result<Value, Vec<Note>> {
    console_in(&Memory::new(), text)
}

/// The same with files for the functions that read them; the root module is `.`.
///
/// # Errors
/// As [`console`].
pub fn console_in(files: &dyn Files, text: &str) -> Result<Value, Vec<Note>> {
    let nowhere = FileId(u32::MAX);
    let note = |message: String, help: Option<String>, span| Note {
        kind: NoteKind::Error,
        message,
        help,
        at: Some(Location { file: nowhere, span }),
    };
    let parsed_text = trueline_hcl::parse_expression(text);
    let e: Expr = parsed_text
        .map_err(|errors| errors.into_iter().map(|e| note(e.message, e.help, e.span)).collect::<Vec<_>>())?;
    let run = || {
        let parsed = Parsed::default();
        let inputs = Inputs::default();
        let mut world = World::new(files, &parsed, ".", &inputs);
        world.run();
        // As the Terraform that the answers were recorded from.
        world.short_circuits = false;
        let each = Each::default();
        let scope = ModuleScope { world: &world, module: 0, each: &each, this: None };
        let mut ev = Evaluator::new(&scope, &world.limits, nowhere);
        let v = ev.eval(&e);
        match ev.errors.is_empty() {
            true => Ok(v),
            false => Err(ev.errors.into_iter().map(|e| note(e.message, e.help, e.at.span)).collect()),
        }
    };
    std::thread::scope(|s| {
        let spawned =
            std::thread::Builder::new().name("console".into()).stack_size(STACK).spawn_scoped(s, run);
        let failed =
            || Err(vec![note("the expression could not be evaluated".into(), None, Default::default())]);
        spawned.ok().and_then(|h| h.join().ok()).unwrap_or_else(failed)
    })
}

/// The value as `terraform console` prints it.
pub fn display(v: &Value) -> String {
    let mut out = String::new();
    print(v, 0, &mut out);
    out
}

fn print(v: &Value, indent: usize, out: &mut String) {
    if v.sensitive {
        out.push_str("(sensitive value)");
        return;
    }
    if v.ephemeral {
        out.push_str("(ephemeral value)");
        return;
    }
    match &v.kind {
        Kind::Unknown(_) => out.push_str("(known after apply)"),
        Kind::Null(t) => match t {
            Type::Any => out.push_str("null"),
            Type::String => out.push_str("tostring(null)"),
            Type::Number => out.push_str("tonumber(null)"),
            Type::Bool => out.push_str("tobool(null)"),
            Type::List(t) => {
                _ = write!(out, "tolist(null) /* of {} */", trueline_provider::convert::friendly_name(t))
            }
            Type::Set(t) => {
                _ = write!(out, "toset(null) /* of {} */", trueline_provider::convert::friendly_name(t))
            }
            Type::Map(t) => {
                _ = write!(out, "tomap(null) /* of {} */", trueline_provider::convert::friendly_name(t))
            }
            Type::Tuple(_) | Type::Object(_) => {
                _ = write!(out, "null /* {} */", trueline_provider::convert::friendly_name(t));
            }
        },
        Kind::Bool(b) => _ = write!(out, "{b}"),
        Kind::Number(n) => _ = write!(out, "{n}"),
        Kind::String(s) => string(s, indent, out),
        Kind::List(_, items) => {
            out.push_str("tolist(");
            sequence(items, indent, out);
            out.push(')');
        }
        Kind::Set(_, items) => {
            out.push_str("toset(");
            sequence(items, indent, out);
            out.push(')');
        }
        Kind::Tuple(items) => sequence(items, indent, out),
        Kind::Map(_, entries) => {
            out.push_str("tomap(");
            mapping(entries, indent, out);
            out.push(')');
        }
        Kind::Object(entries) => mapping(entries, indent, out),
    }
}

fn sequence(items: &[Value], indent: usize, out: &mut String) {
    if items.is_empty() {
        out.push_str("[]");
        return;
    }
    out.push('[');
    for v in items {
        line(indent + 2, out);
        print(v, indent + 2, out);
        out.push(',');
    }
    line(indent, out);
    out.push(']');
}

fn mapping(entries: &BTreeMap<Arc<str>, Value>, indent: usize, out: &mut String) {
    if entries.is_empty() {
        out.push_str("{}");
        return;
    }
    out.push('{');
    for (k, v) in entries {
        line(indent + 2, out);
        quoted(k, out);
        out.push_str(" = ");
        print(v, indent + 2, out);
    }
    line(indent, out);
    out.push('}');
}

fn line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A string in quotes, or as a heredoc if it has several lines.
fn string(s: &str, indent: usize, out: &mut String) {
    let lines: Vec<&str> = s.split('\n').collect();
    if lines.len() < 2 {
        quoted(s, out);
        return;
    }
    let mut marker = "EOT".to_owned();
    while lines.iter().any(|l| *l == marker) {
        marker.push('_');
    }
    let (sign, pad) = if indent > 0 { ("<<-", indent) } else { ("<<", 0) };
    _ = write!(out, "{sign}{marker}");
    for l in &lines {
        line(pad, out);
        out.push_str(l);
    }
    line(pad, out);
    out.push_str(&marker);
}

fn quoted(s: &str, out: &mut String) {
    out.push_str(&trueline_provider::convert::quote(s));
}
