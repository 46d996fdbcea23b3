//! Operands of builtins, checked, with OPA's words for wrong ones.

use dashu_int::IBig;

use crate::value::{Array, Object, Set};
use crate::{Number, Value};

use super::Failure;

/// Makes the error for an operand of the wrong type; `at` counts from 0.
pub(crate) fn wrong_type(args: &[Value], at: usize, wanted: &str) -> Failure {
    let got = args.get(at).map_or("nothing", Value::type_name);
    Failure::Type(format!("operand {} must be {wanted} but got {got}", at + 1))
}

pub(crate) fn text(args: &[Value], at: usize) -> Result<&str, Failure> {
    args.get(at).and_then(Value::as_str).ok_or_else(|| wrong_type(args, at, "string"))
}

pub(crate) fn number(args: &[Value], at: usize) -> Result<&Number, Failure> {
    args.get(at).and_then(Value::as_number).ok_or_else(|| wrong_type(args, at, "number"))
}

pub(crate) fn array(args: &[Value], at: usize) -> Result<&Array, Failure> {
    args.get(at).and_then(Value::as_array).ok_or_else(|| wrong_type(args, at, "array"))
}

pub(crate) fn object(args: &[Value], at: usize) -> Result<&Object, Failure> {
    args.get(at).and_then(Value::as_object).ok_or_else(|| wrong_type(args, at, "object"))
}

pub(crate) fn set(args: &[Value], at: usize) -> Result<&Set, Failure> {
    args.get(at).and_then(Value::as_set).ok_or_else(|| wrong_type(args, at, "set"))
}

/// Takes a whole number that fits into 64 bits.
pub(crate) fn int(args: &[Value], at: usize) -> Result<i64, Failure> {
    let number = number(args, at)?;
    number.as_i64().ok_or_else(|| {
        Failure::Type(format!("operand {} must be integer number but got floating-point number", at + 1))
    })
}

/// Takes a whole number of any size.
pub(crate) fn big(args: &[Value], at: usize) -> Result<IBig, Failure> {
    let number = args.get(at).and_then(Value::as_number).ok_or_else(|| wrong_type(args, at, "integer"))?;
    number.as_big().ok_or_else(|| {
        Failure::Type(format!("operand {} must be integer number but got floating-point number", at + 1))
    })
}

/// Takes the members of a set or array.
pub(crate) fn collection<'a>(args: &'a [Value], at: usize, wanted: &str) -> Result<&'a [Value], Failure> {
    match args.get(at) {
        Some(Value::Array(items)) => Ok(items),
        Some(Value::Set(items)) => Ok(items),
        _ => Err(wrong_type(args, at, wanted)),
    }
}
