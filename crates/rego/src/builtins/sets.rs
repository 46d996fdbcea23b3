//! Sets.

use crate::Value;
use crate::value::Set;

use super::{Builtin, Failure, Host, Outcome, builtin, deprecated, set};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("and", 2, |host, args| {
        let (a, b) = (set(args, 0)?, set(args, 1)?);
        host.tick(a.len())?;
        Ok(both(a, b))
    }),
    builtin("or", 2, |host, args| {
        let (a, b) = (set(args, 0)?, set(args, 1)?);
        host.grow(24 * (a.len() + b.len()))?;
        Ok(Value::set(a.iter().chain(b.iter()).cloned().collect()))
    }),
    builtin("union", 1, union),
    builtin("intersection", 1, intersection),
    deprecated("set_diff", 2, |host, args| {
        let (a, b) = (set(args, 0)?, set(args, 1)?);
        host.tick(a.len())?;
        Ok(Value::set(a.iter().filter(|item| !b.contains(item)).cloned().collect()))
    }),
];

fn both(a: &Set, b: &Set) -> Value {
    Value::set(a.iter().filter(|item| b.contains(item)).cloned().collect())
}

fn sets<'a>(args: &'a [Value]) -> Result<Vec<&'a Set>, Failure> {
    let wrong = |item: &Value| Failure::Type(format!("operand 1 must be set but got {}", item.type_name()));
    set(args, 0)?.iter().map(|item: &'a Value| item.as_set().ok_or_else(|| wrong(item))).collect()
}

fn union(host: &mut Host, args: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for set in sets(args)? {
        host.grow(24 * set.len())?;
        all.extend(set.iter().cloned());
    }
    Ok(Value::set(all))
}

fn intersection(host: &mut Host, args: &[Value]) -> Outcome {
    let sets = sets(args)?;
    let Some((first, rest)) = sets.split_first() else { return Ok(Value::set(Vec::new())) };
    let mut common: Vec<Value> = first.to_vec();
    for set in rest {
        host.tick(common.len())?;
        common.retain(|item| set.contains(item));
    }
    Ok(Value::set(common))
}
