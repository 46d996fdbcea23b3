//! Amounts with units: `10G`, `512Ki`, `1.5MB`.

use dashu_int::IBig;

use crate::{Number, Value};

use super::float::Float;
use super::{Builtin, Host, Outcome, builtin, failed, text};

pub(super) const BUILTINS: &[Builtin] =
    &[builtin("units.parse", 1, parse), builtin("units.parse_bytes", 1, parse_bytes)];

/// Splits an amount from its unit.
fn split(text: &str) -> (&str, &str) {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let exponent = matches!(c, 'e' | 'E')
                && text.get(at + 1..).is_some_and(|rest| {
                    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
                    digits.starts_with(|c: char| c.is_ascii_digit())
                });
            let sign = matches!(c, '+' | '-')
                && (*at == 0 || text.get(..*at).is_some_and(|before| before.ends_with(['e', 'E'])));
            !(c.is_ascii_digit() || *c == '.' || exponent || sign)
        })
        .map_or(text.len(), |(at, _)| at);
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn amount(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (sign, magnitude) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = match magnitude.find(['e', 'E']) {
        Some(at) => magnitude.split_at_checked(at)?,
        None => (magnitude, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    Number::parse(&format!("{sign}{whole}{dot}{fraction}{exponent}"))
}

/// Multiplies exactly where the result is a decimal of reasonable length.
fn times(number: &Number, ten: i64, two: u32) -> Number {
    let (coefficient, exponent) = number.parts();
    let coefficient = coefficient * (IBig::ONE << two as usize);
    let exponent = exponent + ten;
    let written = format!("{coefficient}e{exponent}");
    match Number::parse(&written) {
        Some(exact) => match exact.as_big() {
            Some(whole) => Number::from_big(whole),
            None => Float::from(&exact).to_number().unwrap_or(exact),
        },
        None => number.clone(),
    }
}

fn parse(_: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?.replace('"', "");
    if text.contains(' ') {
        return failed("units.parse: spaces not allowed in resource strings");
    }
    let (digits, unit) = split(&text);
    if digits.is_empty() {
        return failed("units.parse: no amount provided");
    }
    // `m` is a thousandth and `M` a million; all others are told apart by their letters only.
    let (ten, two) = match unit {
        "m" => (-3, 0),
        "M" => (6, 0),
        _ => match unit.to_lowercase().as_str() {
            "" => (0, 0),
            "k" => (3, 0),
            "g" => (9, 0),
            "t" => (12, 0),
            "p" => (15, 0),
            "e" => (18, 0),
            "ki" => (0, 10),
            "mi" => (0, 20),
            "gi" => (0, 30),
            "ti" => (0, 40),
            "pi" => (0, 50),
            "ei" => (0, 60),
            _ => return failed(format!("units.parse: unit {unit} not recognized")),
        },
    };
    match amount(digits) {
        Some(number) => Ok(Value::Number(times(&number, ten, two))),
        None => failed("units.parse: could not parse amount to a number"),
    }
}

fn parse_bytes(_: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?.replace('"', "").to_lowercase();
    if text.contains(' ') {
        return failed("units.parse_bytes: spaces not allowed in resource strings");
    }
    let (digits, unit) = split(&text);
    if digits.is_empty() {
        return failed("units.parse_bytes: no byte amount provided");
    }
    let (ten, two) = match unit {
        "" => (0, 0),
        "kb" | "k" => (3, 0),
        "mb" | "m" => (6, 0),
        "gb" | "g" => (9, 0),
        "tb" | "t" => (12, 0),
        "pb" | "p" => (15, 0),
        "eb" | "e" => (18, 0),
        "kib" | "ki" => (0, 10),
        "mib" | "mi" => (0, 20),
        "gib" | "gi" => (0, 30),
        "tib" | "ti" => (0, 40),
        "pib" | "pi" => (0, 50),
        "eib" | "ei" => (0, 60),
        _ => return failed(format!("units.parse_bytes: byte unit {unit} not recognized")),
    };
    let Some(number) = amount(digits) else {
        return failed("units.parse_bytes: could not parse byte amount to a number");
    };
    let bytes = times(&number, ten, two);
    let (coefficient, exponent) = bytes.parts();
    let whole = match exponent >= 0 {
        true => bytes.as_big().unwrap_or_default(),
        false => coefficient / IBig::from(10).pow(exponent.unsigned_abs() as usize),
    };
    Ok(Value::Number(Number::from_big(whole)))
}
