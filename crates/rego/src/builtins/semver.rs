//! Semantic versions.

use std::cmp::Ordering;

use crate::Value;

use super::{Builtin, Failure, Host, Outcome, builtin, failed, text};

pub(super) const BUILTINS: &[Builtin] =
    &[builtin("semver.compare", 2, compare), builtin("semver.is_valid", 1, is_valid)];

/// Reads a version as OPA does: with `v` in front or without, with leading zeros, and with nothing behind `-` or `+`.
fn read(text: &str) -> Option<::semver::Version> {
    let unmarked = text.strip_prefix('v').unwrap_or(text);
    let (rest, build) = unmarked.split_once('+').unwrap_or((unmarked, ""));
    let (numbers, pre) = rest.split_once('-').unwrap_or((rest, ""));
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if [pre, build].iter().any(|names| !names.is_empty() && !names.split('.').all(is_name)) {
        return None;
    }
    let plain = |number: &str| -> String {
        match number.trim_start_matches('0') {
            "" => "0".to_string(),
            rest => rest.to_string(),
        }
    };
    let numbers: Vec<&str> = numbers.split('.').collect();
    if numbers.len() != 3 || !numbers.iter().all(|number| number.parse::<i64>().is_ok()) {
        return None;
    }
    let numbers: Vec<String> = numbers.into_iter().map(plain).collect();
    let names = pre.split('.').filter(|name| !name.is_empty());
    let names = names.map(|name| match name.bytes().all(|byte| byte.is_ascii_digit()) {
        true => plain(name),
        false => name.to_string(),
    });
    let names: Vec<String> = names.collect();
    let mark = if names.is_empty() { "" } else { "-" };
    ::semver::Version::parse(&format!("{}{mark}{}", numbers.join("."), names.join("."))).ok()
}

fn version(args: &[Value], at: usize) -> Result<::semver::Version, Failure> {
    let text = text(args, at)?;
    let wrong = || Failure::Error(format!("operand {}: string {text:?} is not a valid SemVer", at + 1));
    read(text).ok_or_else(wrong)
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
        Some(Value::String(text)) => Ok(Value::Bool(read(text).is_some())),
        Some(_) => Ok(Value::Bool(false)),
        None => failed("no operand"),
    }
}
