//! Arithmetic, comparison and ranges.

use dashu_int::IBig;
use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};

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

/// Whole numbers are exact up to about as many digits as a number may be written with.
const EXACT_BITS: usize = 66_000;

/// Calculates with whole numbers of any size exactly, as OPA does, and with all others as binary floats.
fn calculate(
    a: &Number,
    b: &Number,
    small: impl Fn(i64, i64) -> Option<i64>,
    exact: impl Fn(IBig, IBig) -> IBig,
    wide: impl Fn(Float, Float) -> Float,
) -> Result<Number, Failure> {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && let Some(result) = small(a, b)
    {
        return Ok(Number::from(result));
    }
    if let (Some(a), Some(b)) = (a.as_big(), b.as_big())
        && a.bit_len() + b.bit_len() <= EXACT_BITS
    {
        return Ok(Number::from_big(exact(a, b)));
    }
    written(wide(Float::from(a), Float::from(b)))
}

fn written(result: Float) -> Result<Number, Failure> {
    result.to_number().ok_or_else(|| Failure::Error("number out of range".to_string()))
}

/// Adds numbers.
pub(super) fn sum(a: &Number, b: &Number) -> Result<Number, Failure> {
    calculate(a, b, i64::checked_add, |a, b| a + b, Float::add)
}

/// Multiplies numbers.
pub(super) fn product(a: &Number, b: &Number) -> Result<Number, Failure> {
    calculate(a, b, i64::checked_mul, |a, b| a * b, Float::multiply)
}

fn plus(_: &mut Host, args: &[Value]) -> Outcome {
    sum(number(args, 0)?, number(args, 1)?).map(Value::Number)
}

fn minus(host: &mut Host, args: &[Value]) -> Outcome {
    match (args.first(), args.get(1)) {
        (Some(Value::Set(a)), Some(Value::Set(b))) => {
            host.tick(a.len())?;
            Ok(Value::set(a.iter().filter(|item| !b.contains(item)).cloned().collect()))
        }
        (Some(Value::Set(_)), _) => Err(wrong_type(args, 1, "set")),
        (Some(Value::Number(a)), Some(Value::Number(b))) => {
            let floats = |a: Float, b: Float| a.add(b.negate());
            calculate(a, b, i64::checked_sub, |a, b| a - b, floats).map(Value::Number)
        }
        (Some(Value::Number(_)), _) => Err(wrong_type(args, 1, "number")),
        _ => Err(wrong_type(args, 0, "one of {number, set}")),
    }
}

fn multiply(_: &mut Host, args: &[Value]) -> Outcome {
    product(number(args, 0)?, number(args, 1)?).map(Value::Number)
}

fn divide(_: &mut Host, args: &[Value]) -> Outcome {
    let (a, b) = (number(args, 0)?, number(args, 1)?);
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64())
        && a.checked_rem(b) == Some(0)
        && let Some(result) = a.checked_div(b)
    {
        return Ok(Value::from(result));
    }
    match Float::from(a).divide(Float::from(b)) {
        Some(result) => written(result).map(Value::Number),
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
        return failed("numbers.range_step: step must be a positive integer");
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
