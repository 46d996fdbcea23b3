//! One value out of a collection.

use crate::{Number, Value};

use super::arguments::collection;
use super::numbers;
use super::{Builtin, Failure, Host, Outcome, builtin, deprecated, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("count", 1, count),
    builtin("sum", 1, |host, args| fold(host, args, 0, numbers::sum)),
    builtin("product", 1, |host, args| fold(host, args, 1, numbers::product)),
    builtin("max", 1, |host, args| extreme(host, args, |items| items.iter().max().cloned())),
    builtin("min", 1, |host, args| extreme(host, args, |items| items.iter().min().cloned())),
    builtin("sort", 1, sort),
    deprecated("all", 1, |_, args| {
        let items = collection(args, 0, "one of {array, set}")?;
        Ok(Value::Bool(items.iter().all(|item| *item == Value::Bool(true))))
    }),
    deprecated("any", 1, |_, args| {
        let items = collection(args, 0, "one of {array, set}")?;
        Ok(Value::Bool(items.iter().any(|item| *item == Value::Bool(true))))
    }),
    builtin("internal.member_2", 2, member),
    builtin("internal.member_3", 3, member_with_key),
];

fn count(_: &mut Host, args: &[Value]) -> Outcome {
    match args.first() {
        Some(Value::Array(items)) => Ok(Value::from(items.len())),
        Some(Value::Set(items)) => Ok(Value::from(items.len())),
        Some(Value::Object(entries)) => Ok(Value::from(entries.len())),
        Some(Value::String(text)) => Ok(Value::from(text.chars().count())),
        _ => Err(wrong_type(args, 0, "one of {array, object, set, string}")),
    }
}

fn fold(
    host: &mut Host,
    args: &[Value],
    start: i64,
    how: fn(&Number, &Number) -> Result<Number, Failure>,
) -> Outcome {
    let items = collection(args, 0, "one of {set, array}")?;
    host.tick(items.len())?;
    let mut result = Number::from(start);
    for item in items {
        let Value::Number(next) = item else {
            let kind = args.first().map_or("array", Value::type_name);
            let message =
                format!("operand 1 must be {kind} of numbers but got {kind} containing {}", item.type_name());
            return Err(Failure::Type(message));
        };
        result = how(&result, next)?;
        host.tick(1)?;
    }
    Ok(Value::Number(result))
}

fn extreme(host: &mut Host, args: &[Value], pick: fn(&[Value]) -> Option<Value>) -> Outcome {
    let items = collection(args, 0, "one of {set, array}")?;
    host.tick(items.len())?;
    pick(items).ok_or(Failure::Undefined)
}

fn sort(host: &mut Host, args: &[Value]) -> Outcome {
    let mut items = collection(args, 0, "one of {set, array}")?.to_vec();
    host.tick(items.len() * 8)?;
    items.sort();
    Ok(Value::array(items))
}

fn member(host: &mut Host, args: &[Value]) -> Outcome {
    let Some(wanted) = args.first() else { return Ok(Value::Bool(false)) };
    let found = match args.get(1) {
        Some(Value::Array(items)) => {
            host.tick(items.len() / 4)?;
            items.contains(wanted)
        }
        Some(Value::Set(items)) => items.contains(wanted),
        Some(Value::Object(entries)) => {
            host.tick(entries.len() / 4)?;
            entries.values().any(|value| value == wanted)
        }
        _ => false,
    };
    Ok(Value::Bool(found))
}

fn member_with_key(_: &mut Host, args: &[Value]) -> Outcome {
    let (Some(key), Some(wanted), Some(domain)) = (args.first(), args.get(1), args.get(2)) else {
        return Ok(Value::Bool(false));
    };
    Ok(Value::Bool(domain.lookup(key) == Some(wanted)))
}
