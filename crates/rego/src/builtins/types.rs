//! Types and conversions.

use crate::{Number, Value};

use super::{Builtin, Failure, Host, Outcome, builtin, deprecated, failed, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("is_null", 1, |_, args| is(args, "null")),
    builtin("is_boolean", 1, |_, args| is(args, "boolean")),
    builtin("is_number", 1, |_, args| is(args, "number")),
    builtin("is_string", 1, |_, args| is(args, "string")),
    builtin("is_array", 1, |_, args| is(args, "array")),
    builtin("is_set", 1, |_, args| is(args, "set")),
    builtin("is_object", 1, |_, args| is(args, "object")),
    builtin("type_name", 1, |_, args| Ok(args.first().map_or("null", Value::type_name).into())),
    builtin("to_number", 1, to_number),
    deprecated("cast_array", 1, |_, args| match args.first() {
        Some(Value::Array(items)) => Ok(Value::array(items.to_vec())),
        Some(Value::Set(items)) => Ok(Value::array(items.to_vec())),
        _ => Err(wrong_type(args, 0, "one of {array, set}")),
    }),
    deprecated("cast_set", 1, |_, args| match args.first() {
        Some(Value::Array(items)) => Ok(Value::set(items.to_vec())),
        Some(Value::Set(items)) => Ok(Value::Set(items.clone())),
        _ => Err(wrong_type(args, 0, "one of {array, set}")),
    }),
    deprecated("cast_string", 1, |_, args| cast(args, "string")),
    deprecated("cast_boolean", 1, |_, args| cast(args, "boolean")),
    deprecated("cast_null", 1, |_, args| cast(args, "null")),
    deprecated("cast_object", 1, |_, args| cast(args, "object")),
];

fn is(args: &[Value], name: &str) -> Outcome {
    Ok(Value::Bool(args.first().map(Value::type_name) == Some(name)))
}

fn cast(args: &[Value], name: &str) -> Outcome {
    match args.first() {
        Some(value) if value.type_name() == name => Ok(value.clone()),
        _ => Err(wrong_type(args, 0, name)),
    }
}

fn to_number(_: &mut Host, args: &[Value]) -> Outcome {
    match args.first() {
        Some(Value::Null) => Ok(Value::from(0)),
        Some(Value::Bool(flag)) => Ok(Value::from(i64::from(*flag))),
        Some(Value::Number(number)) => Ok(Value::Number(number.clone())),
        Some(Value::String(text)) => match parse(text) {
            Some(number) => Ok(Value::Number(number)),
            // Go reads these as numbers; as values they are none.
            None if is_no_value(text) => {
                Err(Failure::Type("operand 1 must be valid number string but got string".to_string()))
            }
            None => failed(format!("strconv.ParseFloat: parsing {text:?}: invalid syntax")),
        },
        _ => Err(wrong_type(args, 0, "one of {null, boolean, number, string}")),
    }
}

fn is_no_value(text: &str) -> bool {
    let word = text.trim_start_matches(['+', '-']).to_lowercase();
    matches!(word.as_str(), "nan" | "inf" | "infinity")
}

/// Reads what Go's float parser reads, as far as it is a JSON number, too.
fn parse(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Some(number) = Number::parse(text) {
        return Some(number);
    }
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let trimmed = unsigned.trim_start_matches('0');
    let lead = if trimmed.is_empty() || trimmed.starts_with(['.', 'e', 'E']) { "0" } else { "" };
    let written = format!("{sign}{lead}{}", trimmed.strip_suffix('.').unwrap_or(trimmed));
    match unsigned.is_empty() || unsigned == "." {
        true => None,
        false => Number::parse(&written),
    }
}
