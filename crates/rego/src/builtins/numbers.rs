//! Arithmetic, comparison and ranges.

use dashu_int::IBig;
use dashu_int::ops::{DivRem, UnsignedAbs};

use crate::{Number, Value};

use super::arguments::big;
use super::float::Float;
use super::{Builtin, Failure, Host, Outcome, builtin, failed, number, wrong_type};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("plus", 2, plus),
    builtin("minus", 2, minus),
    builtin("mul", 2, multiply),
    builtin("div", 2, divide),
    builtin("rem", 2, remainder),
    builtin("abs", 1, abs),
    builtin("ceil", 1, ceil),
    builtin("floor", 1, floor),
    builtin("round", 1, round),
    builtin("equal", 2, |_, args| Ok(Value::Bool(args.first() == args.get(1)))),
    builtin("neq", 2, |_, args| Ok(Value::Bool(args.first() != args.get(1)))),
    builtin("lt", 2, |_, args| Ok(Value::Bool(args.first() < args.get(1)))),
    builtin("gt", 2, |_, args| Ok(Value::Bool(args.first() > args.get(1)))),
    builtin("lte", 2, |_, args| Ok(Value::Bool(args.first() <= args.get(1)))),
    builtin("gte", 2, |_, args| Ok(Value::Bool(args.first() >= args.get(1)))),
    builtin("numbers.range", 2, range),
    builtin("numbers.range_step", 3, range_step),
];

fn calculate(
    args: &[Value],
    small: impl Fn(i64, i64) -> Option<i64>,
    wide: impl Fn(Float, Float) -> Option<Float>,
) -> Result<Option<Value>, Failure> {
    let (a, b) = (number(args, 0)?, number(args, 1)?);
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && let Some(result) = small(a, b)
    {
        return Ok(Some(Value::from(result)));
    }
    Ok(wide(Float::from(a), Float::from(b)).map(|result| Value::Number(result.to_number())))
}

/// Adds numbers as OPA does.
pub(super) fn sum(a: &Number, b: &Number) -> Number {
    match (a.as_i64(), b.as_i64()) {
        (Some(x), Some(y)) if x.checked_add(y).is_some() => Number::from(x.wrapping_add(y)),
        _ => Float::from(a).add(Float::from(b)).to_number(),
    }
}

/// Multiplies numbers as OPA does.
pub(super) fn product(a: &Number, b: &Number) -> Number {
    match (a.as_i64(), b.as_i64()) {
        (Some(x), Some(y)) if x.checked_mul(y).is_some() => Number::from(x.wrapping_mul(y)),
        _ => Float::from(a).multiply(Float::from(b)).to_number(),
    }
}

fn plus(_: &mut Host, args: &[Value]) -> Outcome {
    Ok(Value::Number(sum(number(args, 0)?, number(args, 1)?)))
}

fn minus(host: &mut Host, args: &[Value]) -> Outcome {
    match (args.first(), args.get(1)) {
        (Some(Value::Set(a)), Some(Value::Set(b))) => {
            host.tick(a.len())?;
            Ok(Value::set(a.iter().filter(|item| !b.contains(item)).cloned().collect()))
        }
        (Some(Value::Set(_)), _) => Err(wrong_type(args, 1, "set")),
        (Some(Value::Number(_)), Some(Value::Number(_))) => {
            let result = calculate(args, i64::checked_sub, |a, b| Some(a.add(b.negate())))?;
            result.ok_or(Failure::Undefined)
        }
        (Some(Value::Number(_)), _) => Err(wrong_type(args, 1, "number")),
        _ => Err(wrong_type(args, 0, "one of {number, set}")),
    }
}

fn multiply(_: &mut Host, args: &[Value]) -> Outcome {
    Ok(Value::Number(product(number(args, 0)?, number(args, 1)?)))
}

fn divide(_: &mut Host, args: &[Value]) -> Outcome {
    let small = |a: i64, b: i64| if b != 0 && a.checked_rem(b) == Some(0) { a.checked_div(b) } else { None };
    match calculate(args, small, Float::divide)? {
        Some(result) => Ok(result),
        None => failed("divide by zero"),
    }
}

fn remainder(_: &mut Host, args: &[Value]) -> Outcome {
    let (a, b) = (number(args, 0)?, number(args, 1)?);
    let (Some(a), Some(b)) = (a.as_big(), b.as_big()) else {
        return failed("modulo on floating-point number");
    };
    if b == IBig::ZERO {
        return failed("modulo by zero");
    }
    Ok(Value::Number(Number::from_big(a.div_rem(b).1)))
}

fn abs(_: &mut Host, args: &[Value]) -> Outcome {
    let number = number(args, 0)?;
    let text = number.to_string();
    match text.strip_prefix('-') {
        Some(positive) => Ok(Number::parse(positive).map_or(Value::Null, Value::Number)),
        None => Ok(Value::Number(number.clone())),
    }
}

/// Cuts a number into its whole part, towards minus infinity, and tells whether something is left.
fn whole(number: &Number) -> (IBig, bool) {
    let (coefficient, exponent) = number.parts();
    if exponent >= 0 {
        return (number.as_big().unwrap_or_default(), false);
    }
    let (quotient, rest) = coefficient.div_rem(IBig::from(10).pow(exponent.unsigned_abs() as usize));
    match rest < IBig::ZERO {
        true => (quotient - IBig::ONE, true),
        false => (quotient, rest != IBig::ZERO),
    }
}

fn floor(_: &mut Host, args: &[Value]) -> Outcome {
    Ok(Value::Number(Number::from_big(whole(number(args, 0)?).0)))
}

fn ceil(_: &mut Host, args: &[Value]) -> Outcome {
    let (whole, more) = whole(number(args, 0)?);
    Ok(Value::Number(Number::from_big(if more { whole + IBig::ONE } else { whole })))
}

/// Rounds half away from zero.
fn round(_: &mut Host, args: &[Value]) -> Outcome {
    let (coefficient, exponent) = number(args, 0)?.parts();
    if exponent >= 0 {
        return floor(&mut Host::new(crate::eval::Meter::new(crate::Limits::default()), 0, 0), args);
    }
    let unit = IBig::from(10).pow(exponent.unsigned_abs() as usize);
    let negative = coefficient < IBig::ZERO;
    let magnitude = IBig::from((&coefficient).unsigned_abs());
    let rounded = (magnitude * IBig::from(2) + &unit) / (unit * IBig::from(2));
    Ok(Value::Number(Number::from_big(if negative { -rounded } else { rounded })))
}

fn range(host: &mut Host, args: &[Value]) -> Outcome {
    let (from, to) = (big(args, 0)?, big(args, 1)?);
    steps(host, from, to, IBig::ONE)
}

fn range_step(host: &mut Host, args: &[Value]) -> Outcome {
    let (from, to, step) = (big(args, 0)?, big(args, 1)?, big(args, 2)?);
    if step <= IBig::ZERO {
        return failed("step must be a positive integer");
    }
    steps(host, from, to, step)
}

fn steps(host: &mut Host, from: IBig, to: IBig, step: IBig) -> Outcome {
    let up = from <= to;
    let mut items = Vec::new();
    let mut at = from;
    while if up { at <= to } else { at >= to } {
        host.grow(64)?;
        items.push(Value::Number(Number::from_big(at.clone())));
        if up {
            at += &step;
        } else {
            at -= &step;
        }
    }
    Ok(Value::array(items))
}
