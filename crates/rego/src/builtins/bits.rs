//! Bits of whole numbers.

use dashu_int::IBig;

use crate::{Number, Value};

use super::arguments::big;
use super::{Builtin, Failure, Host, Outcome, builtin};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("bits.and", 2, |_, args| pair(args, |a, b| a & b)),
    builtin("bits.or", 2, |_, args| pair(args, |a, b| a | b)),
    builtin("bits.xor", 2, |_, args| pair(args, |a, b| a ^ b)),
    builtin("bits.negate", 1, |_, args| Ok(Value::Number(Number::from_big(!big(args, 0)?)))),
    builtin("bits.lsh", 2, left),
    builtin("bits.rsh", 2, right),
];

fn pair(args: &[Value], how: impl Fn(IBig, IBig) -> IBig) -> Outcome {
    Ok(Value::Number(Number::from_big(how(big(args, 0)?, big(args, 1)?))))
}

fn shift(args: &[Value]) -> Result<usize, Failure> {
    let by = big(args, 1)?;
    if by < IBig::ZERO {
        let message = "operand 2 must be an unsigned integer number but got a negative integer";
        return Err(Failure::Type(message.to_string()));
    }
    usize::try_from(by).map_err(|_| Failure::Error("shift too big".to_string()))
}

fn left(host: &mut Host, args: &[Value]) -> Outcome {
    let (value, by) = (big(args, 0)?, shift(args)?);
    // A result of more than 20,000 digits could not be read back either.
    if by > 65_000 {
        return super::failed("shift too big");
    }
    host.grow(by / 8)?;
    Ok(Value::Number(Number::from_big(value << by)))
}

fn right(_: &mut Host, args: &[Value]) -> Outcome {
    let (value, by) = (big(args, 0)?, shift(args)?);
    Ok(Value::Number(Number::from_big(value >> by)))
}
