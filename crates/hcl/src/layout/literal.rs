//! Literals of data.

use serde_json::Value;

use crate::lex::{Kind, lex};

/// The HCL literal of JSON data, as `terraform fmt` would lay it out: objects on several lines with `=`
/// aligned, lists of plain values on one. Lines after the first are indented by `level` levels and more.
pub fn literal(value: &Value, level: usize) -> String {
    let mut out = String::new();
    write(value, level, &mut out);
    out
}

fn write(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) => out.push_str(&n.to_string()),
        Value::String(s) => out.push_str(&quoted(s)),
        Value::Array(elements) if elements.is_empty() => out.push_str("[]"),
        Value::Array(elements) if elements.iter().any(is_filled) => {
            out.push_str("[\n");
            for e in elements {
                indent(level + 1, out);
                write(e, level + 1, out);
                out.push_str(",\n");
            }
            indent(level, out);
            out.push(']');
        }
        Value::Array(elements) => {
            out.push('[');
            for (i, e) in elements.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write(e, level, out);
            }
            out.push(']');
        }
        Value::Object(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Object(entries) => {
            out.push_str("{\n");
            let lines: Vec<(String, &Value)> = entries.iter().map(|(k, v)| (key(k), v)).collect();
            for (i, (k, v)) in lines.iter().enumerate() {
                indent(level + 1, out);
                out.push_str(k);
                let pad = if is_block(v) { 0 } else { run_width(&lines, i) - columns(k) };
                out.extend(std::iter::repeat_n(' ', pad));
                out.push_str(" = ");
                write(v, level + 1, out);
                out.push('\n');
            }
            indent(level, out);
            out.push('}');
        }
    }
}

/// The width of the widest key of the neighbouring entries of one line each.
fn run_width(lines: &[(String, &Value)], at: usize) -> usize {
    let (before, after) = lines.split_at(at);
    let run = before.iter().rev().take_while(|(_, v)| !is_block(v));
    run.chain(after.iter().take_while(|(_, v)| !is_block(v))).map(|(k, _)| columns(k)).max().unwrap_or(0)
}

fn columns(text: &str) -> usize {
    crate::format::columns(text)
}

/// Written on several lines.
fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(o) => !o.is_empty(),
        Value::Array(a) => a.iter().any(is_filled),
        _ => false,
    }
}

/// A collection that is not empty.
fn is_filled(value: &Value) -> bool {
    match value {
        Value::Object(o) => !o.is_empty(),
        Value::Array(a) => !a.is_empty(),
        _ => false,
    }
}

fn indent(level: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", level));
}

fn key(key: &str) -> String {
    // `for` at the beginning of an object would begin a `for` expression.
    if is_name(key) && key != "for" { key.to_owned() } else { quoted(key) }
}

/// The text is a name as HCL knows them.
pub(super) fn is_name(text: &str) -> bool {
    let tokens = lex(text).tokens;
    matches!(tokens.as_slice(), [t, _] if t.kind == Kind::Ident && t.end as usize == text.len() && t.start == 0)
}

/// The text as an HCL string in quotes; nothing in it is a template.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([c, c]),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// JSON data as a property's value in JSON syntax, strings escaped so that nothing in them is a template.
/// Lines after the first are indented by `level` levels of two spaces and more.
pub fn json_literal(value: &Value, level: usize) -> String {
    let escaped = escape_templates(value);
    let text = serde_json::to_string_pretty(&escaped).unwrap_or_default();
    text.replace('\n', &format!("\n{}", "  ".repeat(level)))
}

/// An HCL expression as a property's value in JSON syntax: `"${expr}"`.
pub fn json_expression(expr: &str) -> String {
    Value::String(format!("${{{expr}}}")).to_string()
}

/// Names of properties are templates as well.
pub(super) fn escape_text(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

fn escape_templates(value: &Value) -> Value {
    match value {
        Value::String(s) => Value::String(escape_text(s)),
        Value::Array(a) => Value::Array(a.iter().map(escape_templates).collect()),
        Value::Object(o) => {
            Value::Object(o.iter().map(|(k, v)| (escape_text(k), escape_templates(v))).collect())
        }
        other => other.clone(),
    }
}
