//! Arrays.

use crate::Value;

use super::{Builtin, Host, Outcome, array, builtin, int, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("array.concat", 2, concat),
    builtin("array.slice", 3, slice),
    builtin("array.reverse", 1, reverse),
    builtin("array.flatten", 1, flatten),
];

fn concat(host: &mut Host, args: &[Value]) -> Outcome {
    let (a, b) = (array(args, 0)?, array(args, 1)?);
    host.grow(24 * (a.len() + b.len()))?;
    Ok(Value::array(a.iter().chain(b.iter()).cloned().collect()))
}

fn slice(host: &mut Host, args: &[Value]) -> Outcome {
    let items = array(args, 0)?;
    let length = items.len();
    let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(length).min(length);
    let (start, stop) = (clamp(int(args, 1)?), clamp(int(args, 2)?));
    let part = items.get(start..stop.max(start)).unwrap_or_default();
    host.grow(24 * part.len())?;
    Ok(Value::array(part.to_vec()))
}

fn reverse(host: &mut Host, args: &[Value]) -> Outcome {
    let items = array(args, 0)?;
    host.grow(24 * items.len())?;
    Ok(Value::array(items.iter().rev().cloned().collect()))
}

/// Puts the elements of inner arrays in their place, one level deep.
fn flatten(host: &mut Host, args: &[Value]) -> Outcome {
    let Some(Value::Array(items)) = args.first() else { return Err(wrong_type(args, 0, "array")) };
    let mut flat = Vec::new();
    for item in items.iter() {
        match item {
            Value::Array(inner) => {
                host.grow(24 * inner.len())?;
                flat.extend(inner.iter().cloned());
            }
            other => flat.push(other.clone()),
        }
    }
    Ok(Value::array(flat))
}
