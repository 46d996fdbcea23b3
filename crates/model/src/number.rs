//! Numbers as Terraform has them: binary floating point of up to 512 bits.
//!
//! What enters: decimal text, machine integers and doubles. What leaves: results and texts that equal
//! Terraform's digit for digit. Each number carries its precision, since Terraform's do: a literal has 512
//! bits, the result of `length()` 64, that of `pow()` 53, and how many digits `1/3` prints hangs on it.

mod arith;
mod parse;
mod text;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use dashu_int::UBig;
use dashu_int::ops::BitTest;

pub use arith::NumberError;
pub use parse::ParseNumberError;

/// Bits of precision of numbers that were written or read as text.
const FULL: u32 = 512;
/// Largest binary exponent; a number beyond would need megabytes to write down.
const MAX_EXPONENT: i64 = 1 << 24;

/// A number: finite, or an infinity (`1/0` is one).
#[derive(Clone, Debug)]
pub struct Number {
    repr: Repr,
    precision: u32,
}

#[derive(Clone, Debug)]
enum Repr {
    /// An integer of 64 bits, zero included.
    Int(i64),
    /// `-0`, which prints so.
    NegativeZero,
    /// What is no `Int`.
    Big(Box<Big>),
    /// `+Inf`, `-Inf`
    Infinity(bool),
}

/// `±mantissa × 2^exponent`; the mantissa is odd.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Big {
    negative: bool,
    mantissa: UBig,
    exponent: i64,
}

impl Big {
    /// Bits before the binary point; the number is below 2 to this power.
    fn magnitude(&self) -> i64 {
        self.mantissa.bit_len() as i64 + self.exponent
    }
}

impl From<i64> for Number {
    /// An integer that Terraform computes (a length, an index). A literal is read with [`str::parse`].
    fn from(i: i64) -> Self {
        Self { repr: Repr::Int(i), precision: 64 }
    }
}

impl Number {
    /// The exact value of a double; none for what is no number.
    pub fn from_f64(f: f64) -> Option<Self> {
        const MANTISSA_BITS: u32 = 52;
        if f.is_nan() {
            return None;
        }
        let negative = f.is_sign_negative();
        if f.is_infinite() {
            return Some(Self { repr: Repr::Infinity(negative), precision: 53 });
        }
        let bits = f.to_bits();
        let stored = bits & ((1 << MANTISSA_BITS) - 1);
        let exponent = ((bits >> MANTISSA_BITS) & 0x7ff) as i64;
        let (mantissa, exponent) =
            if exponent == 0 { (stored, -1074) } else { (stored | 1 << MANTISSA_BITS, exponent - 1075) };
        Some(Self::round(negative, UBig::from(mantissa), exponent, false, 53))
    }

    /// The number of this digit text in this base (2 to 62, digits then small letters then capitals beyond 36), with
    /// a sign; none if a character is no digit of the base. The precision is what the value needs, at least 64 bits.
    pub fn from_digits(text: &str, base: u32) -> Option<Self> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, text.get(1..)?),
            [b'+', ..] => (false, text.get(1..)?),
            _ => (false, text),
        };
        let value = parse::digits(digits, base)?;
        let precision = u32::try_from(value.bit_len()).ok()?.max(64);
        // There is no minus zero among integers.
        Some(Self::round(negative && !value.is_zero(), value, 0, false, precision))
    }

    /// The precision in bits.
    pub const fn precision(&self) -> u32 {
        self.precision
    }

    /// The integer, if it is one that fits 64 bits.
    pub const fn as_i64(&self) -> Option<i64> {
        match self.repr {
            Repr::Int(i) => Some(i),
            Repr::NegativeZero => Some(0),
            Repr::Big(_) | Repr::Infinity(_) => None,
        }
    }

    /// True for whole numbers of any size.
    pub fn is_integer(&self) -> bool {
        match &self.repr {
            Repr::Int(_) | Repr::NegativeZero => true,
            Repr::Big(b) => b.exponent >= 0,
            Repr::Infinity(_) => false,
        }
    }

    /// True for `1/0` and its like.
    pub const fn is_infinite(&self) -> bool {
        matches!(self.repr, Repr::Infinity(_))
    }

    /// True for zero of either sign.
    pub const fn is_zero(&self) -> bool {
        matches!(self.repr, Repr::Int(0) | Repr::NegativeZero)
    }

    /// True below zero, and for minus zero.
    pub fn is_negative(&self) -> bool {
        match &self.repr {
            Repr::Int(i) => *i < 0,
            Repr::NegativeZero => true,
            Repr::Big(b) => b.negative,
            Repr::Infinity(negative) => *negative,
        }
    }

    /// The nearest double; infinite where there is none.
    pub fn to_f64(&self) -> f64 {
        let (negative, mantissa, exponent) = match &self.repr {
            Repr::Int(i) => return *i as f64,
            Repr::NegativeZero => return -0.0,
            Repr::Infinity(true) => return f64::NEG_INFINITY,
            Repr::Infinity(false) => return f64::INFINITY,
            Repr::Big(b) => (b.negative, &b.mantissa, b.exponent),
        };
        let top = mantissa.bit_len() as i64 + exponent;
        if top > 1024 {
            return if negative { f64::NEG_INFINITY } else { f64::INFINITY };
        }
        // Below 2^-1022 a double has fewer bits.
        let bits = 53.min(top + 1074);
        if bits < 0 {
            return if negative { -0.0 } else { 0.0 };
        }
        let (mantissa, exponent) = arith::round_bits(mantissa.clone(), exponent, false, bits as usize);
        let whole = u64::try_from(&mantissa).unwrap_or(0) as f64;
        // Two exact steps, since one power of two may lie outside the range.
        let half = exponent / 2;
        let f = whole * power_of_two(half) * power_of_two(exponent - half);
        if negative { -f } else { f }
    }

    /// Rounds `mantissa × 2^exponent` to `precision` bits, half to even; `sticky` says that something nonzero below
    /// the mantissa was cut off. Beyond the largest exponent it becomes infinite, below the smallest zero.
    fn round(negative: bool, mantissa: UBig, exponent: i64, sticky: bool, precision: u32) -> Self {
        let (mut mantissa, mut exponent) = arith::round_bits(mantissa, exponent, sticky, precision as usize);
        let Some(zeros) = mantissa.trailing_zeros() else {
            let repr = if negative { Repr::NegativeZero } else { Repr::Int(0) };
            return Self { repr, precision };
        };
        mantissa >>= zeros;
        exponent += zeros as i64;
        let top = mantissa.bit_len() as i64 + exponent;
        let repr = if top > MAX_EXPONENT {
            Repr::Infinity(negative)
        } else if top < -MAX_EXPONENT {
            if negative { Repr::NegativeZero } else { Repr::Int(0) }
        } else if exponent >= 0 && top <= 64 {
            let whole = i128::try_from(&(&mantissa << exponent as usize)).unwrap_or(i128::MAX);
            match i64::try_from(if negative { -whole } else { whole }) {
                Ok(i) => Repr::Int(i),
                Err(_) => Repr::Big(Box::new(Big { negative, mantissa, exponent })),
            }
        } else {
            Repr::Big(Box::new(Big { negative, mantissa, exponent }))
        };
        Self { repr, precision }
    }

    /// Sign, mantissa and exponent of a finite number.
    fn parts(&self) -> Option<(bool, UBig, i64)> {
        match &self.repr {
            Repr::Int(i) => Some((*i < 0, UBig::from(i.unsigned_abs()), 0)),
            Repr::NegativeZero => Some((true, UBig::ZERO, 0)),
            Repr::Big(b) => Some((b.negative, b.mantissa.clone(), b.exponent)),
            Repr::Infinity(_) => None,
        }
    }
}

/// `2^n` for exponents that a double has, to the bit on every machine.
fn power_of_two(n: i64) -> f64 {
    f64::from_bits(u64::try_from(n + 1023).unwrap_or(0) << 52)
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    /// By value; the precision does not count, and minus zero equals zero.
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.repr, &other.repr) {
            (Repr::Infinity(a), Repr::Infinity(b)) => b.cmp(a),
            (Repr::Infinity(negative), _) => {
                if *negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (_, Repr::Infinity(negative)) => {
                if *negative {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (Repr::Big(a), Repr::Big(b)) => match (a.negative, b.negative) {
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => magnitudes(a, b),
                (true, true) => magnitudes(b, a),
            },
            (Repr::Big(a), _) => {
                // Against a number of 64 bits.
                let i = other.as_i64().unwrap_or(0);
                big_and_int(a, i)
            }
            (_, Repr::Big(b)) => {
                let i = self.as_i64().unwrap_or(0);
                big_and_int(b, i).reverse()
            }
            _ => self.as_i64().cmp(&other.as_i64()),
        }
    }
}

fn magnitudes(a: &Big, b: &Big) -> Ordering {
    a.magnitude().cmp(&b.magnitude()).then_with(|| {
        // Equal tops: the exponents differ by no more than the lengths of the mantissas.
        let low = a.exponent.min(b.exponent);
        let x = &a.mantissa << (a.exponent - low) as usize;
        let y = &b.mantissa << (b.exponent - low) as usize;
        x.cmp(&y)
    })
}

fn big_and_int(a: &Big, i: i64) -> Ordering {
    if i == 0 || a.negative != (i < 0) {
        return if a.negative { Ordering::Less } else { Ordering::Greater };
    }
    let b = Big { negative: a.negative, mantissa: UBig::from(i.unsigned_abs()), exponent: 0 };
    if a.negative { magnitudes(&b, a) } else { magnitudes(a, &b) }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.repr {
            Repr::Int(i) => i.hash(state),
            Repr::NegativeZero => 0i64.hash(state),
            Repr::Big(b) => b.hash(state),
            Repr::Infinity(negative) => negative.hash(state),
        }
    }
}

#[cfg(test)]
mod tests;
