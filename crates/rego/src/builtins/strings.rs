//! Strings.

use crate::Value;

use super::arguments::{collection, int};
use super::printf;
use super::{Builtin, Failure, Host, Outcome, array, builtin, failed, number, object, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("concat", 2, concat),
    builtin("contains", 2, |host, args| search(host, args, |text, part| text.contains(part))),
    builtin("startswith", 2, |host, args| search(host, args, |text, part| text.starts_with(part))),
    builtin("endswith", 2, |host, args| search(host, args, |text, part| text.ends_with(part))),
    builtin("indexof", 2, index_of),
    builtin("indexof_n", 2, index_of_n),
    builtin("lower", 1, |host, args| map(host, args, |text| text.to_lowercase())),
    builtin("upper", 1, |host, args| map(host, args, |text| text.to_uppercase())),
    builtin("replace", 3, replace),
    builtin("strings.replace_n", 2, replace_n),
    builtin("split", 2, split),
    builtin("sprintf", 2, printf::sprintf),
    builtin("substring", 3, substring),
    builtin("trim", 2, |host, args| trim(host, args, |text, cut| text.trim_matches(|c| cut.contains(c)))),
    builtin("trim_left", 2, |host, args| {
        trim(host, args, |text, cut| text.trim_start_matches(|c| cut.contains(c)))
    }),
    builtin("trim_right", 2, |host, args| {
        trim(host, args, |text, cut| text.trim_end_matches(|c| cut.contains(c)))
    }),
    builtin("trim_prefix", 2, |host, args| {
        trim(host, args, |text, cut| text.strip_prefix(cut).unwrap_or(text))
    }),
    builtin("trim_suffix", 2, |host, args| {
        trim(host, args, |text, cut| text.strip_suffix(cut).unwrap_or(text))
    }),
    builtin("trim_space", 1, |host, args| map(host, args, |text| text.trim().to_string())),
    builtin("strings.reverse", 1, |host, args| map(host, args, |text| text.chars().rev().collect())),
    builtin("strings.count", 2, count),
    builtin("strings.any_prefix_match", 2, |host, args| {
        any_match(host, args, |text, part| text.starts_with(part))
    }),
    builtin("strings.any_suffix_match", 2, |host, args| {
        any_match(host, args, |text, part| text.ends_with(part))
    }),
    builtin("format_int", 2, format_int),
    builtin("internal.template_string", 1, template_string),
];

fn map(host: &mut Host, args: &[Value], how: impl Fn(&str) -> String) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len())?;
    host.string(how(text))
}

fn search(host: &mut Host, args: &[Value], how: impl Fn(&str, &str) -> bool) -> Outcome {
    let (whole, part) = (text(args, 0)?, text(args, 1)?);
    host.tick(whole.len() / 64)?;
    Ok(Value::Bool(how(whole, part)))
}

fn trim(host: &mut Host, args: &[Value], how: impl for<'t> Fn(&'t str, &'t str) -> &'t str) -> Outcome {
    let (whole, cut) = (text(args, 0)?, text(args, 1)?);
    host.string(how(whole, cut).to_string())
}

fn concat(host: &mut Host, args: &[Value]) -> Outcome {
    let separator = text(args, 0)?;
    let items = collection(args, 1, "one of {set, array}")?;
    let mut joined = String::new();
    for (at, item) in items.iter().enumerate() {
        let Some(part) = item.as_str() else {
            let kind = args.get(1).map_or("array", Value::type_name);
            let message =
                format!("operand 2 must be {kind} of strings but got {kind} containing {}", item.type_name());
            return Err(Failure::Type(message));
        };
        if at > 0 {
            joined.push_str(separator);
        }
        host.grow(part.len() + separator.len())?;
        joined.push_str(part);
    }
    Ok(Value::from(joined))
}

/// Turns a byte offset into one of characters.
fn characters(text: &str, bytes: usize) -> Value {
    Value::from(text.get(..bytes).unwrap_or_default().chars().count())
}

fn index_of(host: &mut Host, args: &[Value]) -> Outcome {
    let (whole, part) = (text(args, 0)?, text(args, 1)?);
    if part.is_empty() {
        return failed("empty search character");
    }
    host.tick(whole.len() / 64)?;
    Ok(whole.find(part).map_or(Value::from(-1), |at| characters(whole, at)))
}

fn index_of_n(host: &mut Host, args: &[Value]) -> Outcome {
    let (whole, part) = (text(args, 0)?, text(args, 1)?);
    if part.is_empty() {
        return failed("empty search character");
    }
    let mut found = Vec::new();
    let (mut from, mut before) = (0, 0);
    // Matches may overlap.
    while let Some(at) = whole.get(from..).and_then(|rest| rest.find(part)) {
        host.grow(32)?;
        host.tick(at / 64 + 1)?;
        before += whole.get(from..from + at).unwrap_or_default().chars().count();
        found.push(Value::from(before));
        let step = whole.get(from + at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        from += at + step;
        before += 1;
    }
    Ok(Value::array(found))
}

fn replace(host: &mut Host, args: &[Value]) -> Outcome {
    let (whole, old, new) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
    let count = if old.is_empty() { whole.len() + 1 } else { whole.matches(old).count() };
    host.grow(whole.len() + count.saturating_mul(new.len()))?;
    Ok(Value::from(whole.replace(old, new)))
}

fn replace_n(host: &mut Host, args: &[Value]) -> Outcome {
    let patterns = object(args, 0)?;
    let mut pairs = Vec::new();
    for (old, new) in patterns.iter() {
        let wrong =
            |what: &str| Failure::Type(format!("operand 1 non-string {what} found in pattern object"));
        pairs.push((old.as_str().ok_or_else(|| wrong("key"))?, new.as_str().ok_or_else(|| wrong("value"))?));
    }
    let whole = text(args, 1)?;
    let mut out = String::new();
    let mut rest = whole;
    // At every place the first pattern that fits is taken; an empty one fits everywhere, but only once.
    let mut after_empty = false;
    loop {
        host.tick(pairs.len() + 1)?;
        let found = pairs.iter().find(|(old, _)| rest.starts_with(old) && !(after_empty && old.is_empty()));
        if let Some((old, new)) = found {
            host.grow(new.len())?;
            out.push_str(new);
            rest = rest.get(old.len()..).unwrap_or_default();
            after_empty = old.is_empty();
            if !after_empty {
                continue;
            }
        }
        match rest.chars().next() {
            Some(next) => {
                out.push(next);
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
                after_empty = false;
            }
            None => return host.string(out),
        }
    }
}

fn split(host: &mut Host, args: &[Value]) -> Outcome {
    let (whole, separator) = (text(args, 0)?, text(args, 1)?);
    let parts: Vec<Value> = match separator.is_empty() {
        true => whole.chars().map(|c| Value::from(c.to_string())).collect(),
        false => whole.split(separator).map(Value::from).collect(),
    };
    host.grow(whole.len() + 40 * parts.len())?;
    Ok(Value::array(parts))
}

fn substring(host: &mut Host, args: &[Value]) -> Outcome {
    let whole = text(args, 0)?;
    let (start, length) = (int(args, 1)?, int(args, 2)?);
    let Ok(start) = usize::try_from(start) else { return failed("negative offset") };
    host.tick(whole.len() / 64)?;
    let rest = whole.chars().skip(start);
    host.string(match usize::try_from(length) {
        Ok(length) => rest.take(length).collect(),
        Err(_) => rest.collect(),
    })
}

fn count(host: &mut Host, args: &[Value]) -> Outcome {
    let (whole, part) = (text(args, 0)?, text(args, 1)?);
    host.tick(whole.len() / 16)?;
    Ok(match part.is_empty() {
        true => Value::from(whole.chars().count() + 1),
        false => Value::from(whole.matches(part).count()),
    })
}

/// Takes a string or a collection of them.
fn strings<'a>(args: &'a [Value], at: usize) -> Result<Vec<&'a str>, Failure> {
    if let Some(Value::String(one)) = args.get(at) {
        return Ok(vec![one.as_ref()]);
    }
    let items = collection(args, at, "one of {string, set, array}")?;
    let kind = args.get(at).map_or("array", Value::type_name);
    let wrong = |item: &Value| {
        let place = at + 1;
        Failure::Type(format!(
            "operand {place} must be {kind} of strings but got {kind} containing {}",
            item.type_name()
        ))
    };
    items.iter().map(|item: &'a Value| item.as_str().ok_or_else(|| wrong(item))).collect()
}

fn any_match(host: &mut Host, args: &[Value], fits: impl Fn(&str, &str) -> bool) -> Outcome {
    let (texts, parts) = (strings(args, 0)?, strings(args, 1)?);
    for text in texts {
        host.tick(parts.len())?;
        if parts.iter().any(|part| fits(text, part)) {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn format_int(_: &mut Host, args: &[Value]) -> Outcome {
    let value = number(args, 0)?;
    let base = match number(args, 1)?.as_i64() {
        Some(base @ (2 | 8 | 10 | 16)) => base as u8,
        _ => return Err(Failure::Type("operand 2 must be one of {2, 8, 10, 16}".to_string())),
    };
    let (coefficient, exponent) = value.parts();
    // Towards zero.
    let whole = match exponent >= 0 {
        true => value.as_big().unwrap_or_default(),
        false => coefficient / dashu_int::IBig::from(10).pow(exponent.unsigned_abs() as usize),
    };
    Ok(Value::from(whole.in_radix(base).to_string()))
}

/// Puts a template string together from texts and sets of at most one value.
fn template_string(host: &mut Host, args: &[Value]) -> Outcome {
    let mut out = String::new();
    for part in array(args, 0)?.iter() {
        let piece = match part {
            Value::Set(values) => match values.first() {
                _ if values.len() > 1 => {
                    let message = "template-strings must not produce multiple outputs";
                    return Err(Failure::Halt(Box::new(crate::EvalError::new(
                        "eval_conflict_error",
                        message,
                    ))));
                }
                Some(Value::String(text)) => text.to_string(),
                Some(other) => other.to_string(),
                None => "<undefined>".to_string(),
            },
            Value::String(text) => text.to_string(),
            other => other.to_string(),
        };
        host.grow(piece.len())?;
        out.push_str(&piece);
    }
    Ok(Value::from(out))
}
