//! The functions that an action of a template may call, and how values print.

use crate::Value;

use super::{Failure, Host, wrong};

pub(super) fn is_true(value: &Option<Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(entries)) => !entries.is_empty(),
        Some(Value::Set(items)) => !items.is_empty(),
    }
}

pub(super) fn is_function(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "not"
            | "len"
            | "index"
            | "print"
            | "println"
            | "printf"
            | "html"
            | "js"
            | "urlquery"
            | "eq"
            | "ne"
            | "lt"
            | "le"
            | "gt"
            | "ge"
            | "slice"
    )
}

pub(super) fn function(
    host: &mut Host,
    name: &str,
    operands: &[Option<Value>],
) -> Result<Option<Value>, Failure> {
    let first = operands.first().cloned().flatten();
    let second = operands.get(1).cloned().flatten();
    let bool_value = |flag: bool| Ok(Some(Value::Bool(flag)));
    match name {
        "not" => bool_value(!is_true(&first)),
        "and" => Ok(operands.iter().find(|value| !is_true(value)).or(operands.last()).cloned().flatten()),
        "or" => Ok(operands.iter().find(|value| is_true(value)).or(operands.last()).cloned().flatten()),
        "eq" => bool_value(operands.iter().skip(1).any(|value| *value == first)),
        "ne" => bool_value(first != second),
        "lt" => bool_value(first < second),
        "le" => bool_value(first <= second),
        "gt" => bool_value(first > second),
        "ge" => bool_value(first >= second),
        "len" => Ok(Some(match first {
            Some(Value::String(text)) => Value::from(text.len()),
            Some(Value::Array(items)) => Value::from(items.len()),
            Some(Value::Object(entries)) => Value::from(entries.len()),
            _ => return wrong("error calling len"),
        })),
        "index" => Ok(operands
            .iter()
            .skip(1)
            .try_fold(first, |at, key| Some(at?.lookup(key.as_ref()?).cloned()))
            .flatten()),
        "print" => Ok(Some(operands.iter().flatten().map(shown).collect::<Vec<_>>().join(" ").into())),
        "println" => Ok(Some(
            format!("{}\n", operands.iter().flatten().map(shown).collect::<Vec<_>>().join(" ")).into(),
        )),
        "printf" => {
            // Numbers are texts to Go's templates.
            let values = operands.iter().skip(1).map(|value| match value {
                Some(Value::Number(number)) => number.to_string().into(),
                other => other.clone().unwrap_or(Value::Null),
            });
            let values = values.collect();
            let format = first.unwrap_or(Value::Null);
            super::super::printf::sprintf(host, &[format, Value::array(values)]).map(Some)
        }
        "urlquery" => Ok(Some(
            super::super::encoding::query_escape(
                first.map(|value| shown(&value)).unwrap_or_default().as_bytes(),
            )
            .into(),
        )),
        "html" => {
            let text = first.map(|value| shown(&value)).unwrap_or_default();
            let text = text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&#34;");
            Ok(Some(text.replace('<', "&lt;").replace('>', "&gt;").into()))
        }
        _ => wrong(format!("function {name:?} not defined")),
    }
}

/// Prints a value as Go does.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Null => "<no value>".to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Set(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}:{}", shown(key), shown(value)));
            format!("map[{}]", entries.collect::<Vec<_>>().join(" "))
        }
        other => other.to_string(),
    }
}
