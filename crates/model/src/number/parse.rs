//! Decimal text to numbers, rounded exactly as Terraform rounds.

use std::str::FromStr;

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use super::{FULL, MAX_EXPONENT, Number, Repr};

/// Longest text that is read as a number.
const MAX_TEXT: usize = 1 << 20;

/// A text that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number is required")]
pub struct ParseNumberError;

impl FromStr for Number {
    type Err = ParseNumberError;

    /// Reads decimal text of 512 bits precision: sign, digits, fraction, exponent to the base 10 (`e`) or 2 (`p`), or `inf`.
    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        if text.len() > MAX_TEXT {
            return Err(ParseNumberError);
        }
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if rest == "inf" || rest == "Inf" {
            return Ok(Self { repr: Repr::Infinity(negative), precision: FULL });
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (whole, rest) = rest.split_at_checked(end).ok_or(ParseNumberError)?;
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                rest.split_at_checked(end).ok_or(ParseNumberError)?
            }
            None => ("", rest),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(ParseNumberError);
        }
        let (ten, two) = match rest.as_bytes().first() {
            None => (0, 0),
            Some(b'e' | b'E') => (exponent(rest.get(1..))?, 0),
            Some(b'p' | b'P') => (0, exponent(rest.get(1..))?),
            Some(_) => return Err(ParseNumberError),
        };
        let five = ten - fraction.len() as i64;
        let mantissa = digits(&format!("{whole}{fraction}"), 10).ok_or(ParseNumberError)?;
        let two = two + five;
        if mantissa.is_zero() {
            return Ok(Self::round(negative, mantissa, 0, false, FULL));
        }
        if five.abs() > MAX_EXPONENT / 2 || two.abs() > MAX_EXPONENT {
            return Err(ParseNumberError);
        }
        Ok(match five {
            0 => Self::round(negative, mantissa, two, false, FULL),
            f if f > 0 => {
                let (p, e) = power_of_five(f as u64);
                Self::round(negative, mantissa * p, two + e, false, FULL)
            }
            f => {
                let (p, e) = power_of_five(f.unsigned_abs());
                Self::quotient(negative, mantissa, two, &p, e, FULL)
            }
        })
    }
}

fn exponent(text: Option<&str>) -> Result<i64, ParseNumberError> {
    let text = text.unwrap_or("");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ParseNumberError);
    }
    // More digits than these mean a number beyond all bounds.
    let value: i64 = digits
        .trim_start_matches('0')
        .get(..12)
        .map_or_else(|| digits.trim_start_matches('0').parse().unwrap_or(0), |_| 1_000_000_000_000);
    Ok(if negative { -value } else { value })
}

/// `5^n` with Terraform's working precision (576 bits, its steps 640), as mantissa and exponent: exact while it
/// fits, then rounded at the same steps, so that the last bit of a literal comes out the same.
fn power_of_five(n: u64) -> (UBig, i64) {
    const TABLE: u64 = 27;
    let (bits, step_bits) = (FULL as usize + 64, FULL as usize + 128);
    if n <= TABLE {
        return (UBig::from(5u8).pow(n as usize), 0);
    }
    let mut z = (UBig::from(5u8).pow(TABLE as usize), 0);
    let mut f = (UBig::from(5u8), 0);
    let mut n = n - TABLE;
    while n > 0 {
        if n & 1 != 0 {
            z = super::arith::round_bits(&z.0 * &f.0, z.1 + f.1, false, bits);
        }
        f = super::arith::round_bits(&f.0 * &f.0, 2 * f.1, false, step_bits);
        n >>= 1;
    }
    z
}

/// Digits of a base from 2 to 62 to an integer. Letters of either case count alike up to base 36.
pub(super) fn digits(text: &str, base: u32) -> Option<UBig> {
    if text.is_empty() || text.len() > MAX_TEXT || !(2..=62).contains(&base) {
        return None;
    }
    let value = |b: u8| -> Option<u32> {
        let v = match b {
            b'0'..=b'9' => b - b'0',
            b'a'..=b'z' => b - b'a' + 10,
            b'A'..=b'Z' if base <= 36 => b - b'A' + 10,
            b'A'..=b'Z' => b - b'A' + 36,
            _ => return None,
        };
        (u32::from(v) < base).then_some(u32::from(v))
    };
    if base <= 36 {
        if !text.bytes().all(|b| value(b).is_some()) {
            return None;
        }
        return UBig::from_str_radix(text, base).ok();
    }
    let mut out = UBig::ZERO;
    // Above base 36 the text is short in practice; long ones are cut off before they cost quadratic time.
    if text.len() > 1 << 14 {
        return None;
    }
    for b in text.bytes() {
        out = out * base + value(b)?;
    }
    debug_assert!(out.bit_len() <= 6 * text.len());
    Some(out)
}
