//! YAML.

use crate::{Value, yaml};

use super::{Builtin, Failure, Host, Outcome, builtin, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("yaml.marshal", 1, marshal),
    builtin("yaml.unmarshal", 1, |host, args| {
        let text = text(args, 0)?;
        host.grow(text.len() * 4)?;
        parse(text).map_err(Failure::Error)
    }),
    builtin("yaml.is_valid", 1, |host, args| {
        let Some(text) = args.first().and_then(Value::as_str) else { return Ok(Value::Bool(false)) };
        host.grow(text.len() * 4)?;
        Ok(Value::Bool(parse(text).is_ok()))
    }),
];

/// Of several documents the first is read.
fn parse(text: &str) -> Result<Value, String> {
    yaml::first(text).map_err(|reason| format!("yaml: {reason}"))
}

fn marshal(host: &mut Host, args: &[Value]) -> Outcome {
    let mut out = String::new();
    match args.first() {
        Some(value) => write(host, value, 0, false, &mut out)?,
        None => return Err(Failure::Undefined),
    }
    host.string(out)
}

/// Writes a value in block style; `inline` if something stands in front of it in its line.
fn write(
    host: &mut Host,
    value: &Value,
    indent: usize,
    inline: bool,
    out: &mut String,
) -> Result<(), Failure> {
    host.grow(indent + 16)?;
    let items: Option<&[Value]> = match value {
        Value::Array(items) => Some(items),
        Value::Set(items) => Some(items),
        _ => None,
    };
    match (value, items) {
        (_, Some([])) => out.push_str("[]\n"),
        (_, Some(items)) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 || !inline {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str("- ");
                write(host, item, indent + 2, true, out)?;
            }
        }
        (Value::Object(entries), _) if entries.is_empty() => out.push_str("{}\n"),
        (Value::Object(entries), _) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 || !inline {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str(&scalar(&key.to_key()));
                out.push(':');
                match value {
                    Value::Object(inner) if !inner.is_empty() => {
                        out.push('\n');
                        write(host, value, indent + 2, false, out)?;
                    }
                    Value::Array(inner) if !inner.is_empty() => {
                        out.push('\n');
                        write(host, value, indent, false, out)?;
                    }
                    Value::Set(inner) if !inner.is_empty() => {
                        out.push('\n');
                        write(host, value, indent, false, out)?;
                    }
                    other => {
                        out.push(' ');
                        write(host, other, indent + 2, true, out)?;
                    }
                }
            }
        }
        (Value::String(text), _) => match block(text, if inline { indent } else { indent + 2 }) {
            Some(block) => out.push_str(&block),
            None => {
                out.push_str(&scalar(text));
                out.push('\n');
            }
        },
        (other, _) => {
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
    Ok(())
}

/// Writes a string plain where that is read back as the same string, else quoted.
fn scalar(text: &str) -> String {
    let indicator = text.starts_with(|c: char| ",[]{}#&*!|>'\"%@`".contains(c))
        || text.starts_with("---")
        || text.starts_with("...")
        || ["-", "?", ":"].iter().any(|sign| text == *sign || text.starts_with(&format!("{sign} ")));
    let plain = !text.is_empty()
        && text == text.trim()
        && !indicator
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
        && !text.chars().any(|c| c.is_control())
        && !is_other(text)
        && matches!(parse(text), Ok(Value::String(read)) if read.as_ref() == text);
    match plain {
        true => text.to_string(),
        // What would be read as something else, and what has control signs, in double quotes; all else in single ones.
        false if is_other(text) || text.chars().any(|c| c.is_control()) => {
            let mut quoted = String::new();
            let _ = crate::value::write_string(&mut quoted, text);
            quoted
        }
        false => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Tells whether a plain text would be read as a number, a boolean, null or a date, by old readers, too.
fn is_other(text: &str) -> bool {
    let word = matches!(
        text.to_lowercase().as_str(),
        "" | "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null" | "~"
    );
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let digits = |c: char| c.is_ascii_hexdigit() || "+-.:_xoTtZz ".contains(c);
    let date = starts && text.len() >= 8 && text.chars().all(digits) && text.get(4..5) == Some("-");
    word || date || (starts && matches!(parse(text), Ok(Value::Number(_) | Value::Bool(_) | Value::Null)))
}

/// Writes a text of several lines as a literal block, if it is one that can be read back.
fn block(text: &str, indent: usize) -> Option<String> {
    let readable = text.chars().all(|c| c == '\n' || !c.is_control());
    if !text.contains('\n') || text.starts_with(['\n', ' ']) || !readable {
        return None;
    }
    let body = text.trim_end_matches('\n');
    let mark = match text.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    let mut out = format!("{mark}\n");
    for line in body.split('\n').chain(std::iter::repeat_n("", (text.len() - body.len()).saturating_sub(1))) {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
    Some(out)
}
