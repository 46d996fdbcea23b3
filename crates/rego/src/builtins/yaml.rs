//! YAML.

use crate::Value;

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

fn parse(text: &str) -> Result<Value, String> {
    match serde_saphyr::from_str::<serde_json::Value>(text) {
        Ok(json) => Ok(Value::from(json)),
        Err(error) => {
            let first = error.to_string().lines().next().unwrap_or_default().to_string();
            Err(format!("yaml: {first}"))
        }
    }
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
        (Value::String(text), _) => {
            out.push_str(&scalar(text));
            out.push('\n');
        }
        (other, _) => {
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
    Ok(())
}

/// Writes a string plain where that is read back as the same string, else quoted.
fn scalar(text: &str) -> String {
    let plain = !text.is_empty()
        && text == text.trim()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '+' | '@' | '(' | ')'))
        && !text.starts_with(['-', '?', '@'])
        && matches!(parse(text), Ok(Value::String(read)) if read.as_ref() == text);
    match plain {
        true => text.to_string(),
        false => {
            let mut quoted = String::new();
            let _ = crate::value::write_string(&mut quoted, text);
            quoted
        }
    }
}
