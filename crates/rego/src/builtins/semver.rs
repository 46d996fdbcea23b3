//! Semantic versions.

use std::cmp::Ordering;

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, failed, text};

pub(super) const BUILTINS: &[Builtin] =
    &[builtin("semver.compare", 2, compare), builtin("semver.is_valid", 1, is_valid)];

fn version(args: &[Value], at: usize) -> Result<::semver::Version, Failure> {
    let text = text(args, at)?;
    ::semver::Version::parse(text)
        .map_err(|_| Failure::Error(format!("operand {}: string {text:?} is not a valid SemVer", at + 1)))
}

fn compare(_: &mut Host, args: &[Value]) -> Outcome {
    let (a, b) = (version(args, 0)?, version(args, 1)?);
    // Build metadata does not count.
    Ok(match a.cmp_precedence(&b) {
        Ordering::Less => Value::from(-1),
        Ordering::Equal => Value::from(0),
        Ordering::Greater => Value::from(1),
    })
}

fn is_valid(_: &mut Host, args: &[Value]) -> Outcome {
    match args.first() {
        Some(Value::String(text)) => Ok(Value::Bool(::semver::Version::parse(text).is_ok())),
        Some(_) => Ok(Value::Bool(false)),
        None => failed("no operand"),
    }
}
